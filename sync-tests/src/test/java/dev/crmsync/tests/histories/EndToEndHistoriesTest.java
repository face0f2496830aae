package dev.crmsync.tests.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Histories that nobody has chosen, end to end: the shipped adapters speak real HTTP to the sandboxes, the engine is the one of
 * production on a real PostgreSQL, and the policy is the guide's. A few with every build; as many as one likes in the profile
 * {@code end-to-end}, with {@code -Dhistories.count}, {@code -Dhistories.first}, or
 * those of {@code -Dhistories.seeds}, and {@code -Dhistories.crm}. A seed that fails is printed with all that
 * happened in it.
 */
class EndToEndHistoriesTest {
    private static final int WITH_EVERY_BUILD = 6;

    @Test
    void a_few_histories_end_in_step() {
        assertGood(Crms.HUBSPOT, 0, WITH_EVERY_BUILD);
    }

    @Test
    void a_few_histories_with_pipedrive_end_in_step() {
        assertGood(Crms.PIPEDRIVE, 0, WITH_EVERY_BUILD);
    }

    @Test
    void a_few_histories_with_notion_end_in_step() {
        assertGood(Crms.NOTION, 0, WITH_EVERY_BUILD);
    }

    @Test
    void a_few_histories_of_a_hub_of_four_end_in_step() {
        assertGood(Crms.ALL, 0, WITH_EVERY_BUILD);
    }

    @Test
    @Tag("end-to-end")
    void as_many_histories_as_asked_for_end_in_step() {
        String seeds = System.getProperty("histories.seeds", "");
        if (seeds.isBlank()) {
            assertGood(Crms.chosen(), Long.getLong("histories.first", 0), Integer.getInteger("histories.count", 500));
        } else {
            assertGood(
                    Crms.chosen(),
                    Stream.of(seeds.split(",")).map(Long::valueOf).toList());
        }
    }

    private static void assertGood(Crms crms, long first, int count) {
        assertGood(crms, LongStream.range(first, first + count).boxed().toList());
    }

    private static void assertGood(Crms crms, List<Long> seeds) {
        Instant begun = Instant.now();
        List<History> histories =
                seeds.parallelStream().map(seed -> History.of(seed, crms)).toList();
        List<String> bad = histories.stream()
                .filter(history -> !history.good())
                .map(History::report)
                .toList();
        Map<String, Integer> excused = new TreeMap<>();
        histories.forEach(history -> history.excused().forEach((reason, n) -> excused.merge(reason, n, Integer::sum)));
        System.out.println(seeds.size() + " histories with " + crms.word() + " from seed " + seeds.get(0) + ", "
                + histories.stream().mapToInt(history -> history.steps().size()).sum() + " steps, " + bad.size()
                + " bad, in "
                + Duration.between(begun, Instant.now()).toSeconds() + " s; differences for a reason: " + excused);
        bad.forEach(System.out::println);
        assertThat(bad.stream().map(report -> report.lines().limit(2).toList())).isEmpty();
    }
}
