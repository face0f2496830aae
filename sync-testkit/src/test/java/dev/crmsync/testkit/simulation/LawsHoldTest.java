package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The laws over histories that nobody has chosen. A few of them with every build; as many as one likes in the profile
 * {@code histories}. A seed that breaks a law is printed with the line that runs it again.
 */
class LawsHoldTest {
    private static final int WITH_EVERY_BUILD = 40;

    @Test
    void every_history_of_busy_people_and_perfect_lines_keeps_every_law() {
        assertLawful(Dials.calm(), 0, WITH_EVERY_BUILD);
    }

    @Test
    void every_history_in_which_everything_goes_wrong_keeps_every_law() {
        assertLawful(Dials.storm(), 0, WITH_EVERY_BUILD);
    }

    @Test
    @Tag("histories")
    void as_many_histories_as_asked_for_keep_every_law() {
        int count = Integer.getInteger("histories.count", 3_400);
        long first = Long.getLong("histories.first", 0);
        assertLawful(Dials.storm(), first, count);
    }

    private static void assertLawful(Dials dials, long first, int count) {
        for (SyncSimulator simulator : ToyPolicies.all()) {
            SyncSimulator dialled = simulator.dials(dials);
            List<String> broken = LongStream.range(first, first + count)
                    .parallel()
                    .mapToObj(dialled::run)
                    .filter(history -> !history.lawful())
                    .map(history -> history.reproduction() + " " + history.violations())
                    .sorted()
                    .toList();
            assertThat(broken).as("%d histories under %s", count, dials).isEmpty();
        }
    }
}
