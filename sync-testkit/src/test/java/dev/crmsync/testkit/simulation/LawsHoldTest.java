package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The laws over histories that nobody has chosen. A few of them with every build; as many as one likes in the profile
 * {@code histories}. A seed that breaks a law is printed with the line that runs it again.
 */
class LawsHoldTest {
    private static final int WITH_EVERY_BUILD = 40;
    private static final int ONE_MORE_WITH_EVERY_BUILD = 6;
    private static final Dials MERGING = Dials.storm().merging(8);
    private static final Dials GRIEF = Dials.storm().removing(25);

    /** In how many histories any two kinds of things should happen together. */
    private static final long EACH_PAIR = 1_000;

    /** A storm in which one thing more goes wrong, and that most of the time. */
    private static final Map<Happening, Dials> ONE_MORE = new TreeMap<>(Map.of(
            Happening.OUTAGE, Dials.storm().with(Dial.OUTAGES, 70),
            Happening.UNDELETE, Dials.storm().removing(20).with(Dial.UNDELETES, 25),
            Happening.PERMISSION_LOST, Dials.storm().with(Dial.HIDINGS, 12),
            Happening.SPLIT, Dials.storm().with(Dial.SPLITS, 12),
            Happening.SYSTEM_JOINED, Dials.storm().with(Dial.JOINERS, 100),
            Happening.NODE_PAUSED, Dials.storm().with(Dial.PAUSES, 4)));

    private final Coverage coverage = new Coverage();

    @Test
    void every_history_of_busy_people_and_perfect_lines_keeps_every_law() {
        assertLawful(Dials.calm(), 0, WITH_EVERY_BUILD);
    }

    @Test
    void every_history_in_which_everything_goes_wrong_keeps_every_law() {
        assertLawful(Dials.storm(), 0, WITH_EVERY_BUILD);
    }

    @Test
    void every_history_of_people_who_delete_a_lot_where_that_is_followed_keeps_every_law() {
        assertLawful(List.of(ToyPolicies.mourning(), ToyPolicies.parting()), GRIEF, 0, WITH_EVERY_BUILD);
    }

    /** The judge of law 1 tells from the journal what was agreed when, and not yet whose it was before two links became one. */
    @Test
    void every_history_of_people_who_merge_records_keeps_every_law_but_the_first_which_cannot_judge_it_yet() {
        assertLawful(ToyPolicies.all(), MERGING, 0, WITH_EVERY_BUILD, 2);
    }

    @Test
    void records_are_merged_in_many_of_them() {
        long merges = 0;
        for (long seed = 0; seed < 20; seed++) {
            merges += ToyPolicies.guide().dials(MERGING).run(seed).counts().getOrDefault("people's merges", 0L);
        }
        assertThat(merges).isGreaterThan(5);
    }

    /** So would a law of scopes that nothing ever leaves. */
    @Test
    void links_leave_a_scope_in_some_of_them_and_records_are_not_made_outside_it() {
        Map<String, Long> counts = new TreeMap<>();
        for (long seed = 0; seed < 20; seed++) {
            ToyPolicies.scoped().run(seed).counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
        }
        assertThat(counts).containsKeys("stance NOT_RECEIVED left the scope", "out of scope, and not made");
    }

    /** Laws of archives under which nothing is archived would hold by themselves. */
    @Test
    void records_are_archived_held_back_and_asked_about_in_some_of_them() {
        Map<String, Long> counts = new TreeMap<>();
        for (long seed = 0; seed < 40; seed++) {
            for (SyncSimulator simulator : List.of(ToyPolicies.mourning(), ToyPolicies.parting())) {
                simulator
                        .dials(GRIEF)
                        .run(seed)
                        .counts()
                        .forEach((what, count) -> counts.merge(what, count, Long::sum));
            }
        }
        assertThat(counts).containsKeys("archived by sync", "parting HELD_BACK", "parting ASKED");
    }

    @Test
    void every_history_in_which_one_thing_more_goes_wrong_keeps_every_law_and_each_of_them_truly_happens() {
        List<SyncSimulator> policies = List.of(ToyPolicies.three(), ToyPolicies.free());
        ONE_MORE.forEach((happening, dials) -> {
            assertLawful(policies, dials, 2, ONE_MORE_WITH_EVERY_BUILD);
            assertThat(coverage.together(happening, happening))
                    .as("%s under %s", happening, dials)
                    .isPositive();
        });
    }

    /** The judges of the first two laws do not know yet which policy was in force when a write was begun. */
    @Test
    void every_history_in_which_everything_goes_wrong_at_once_keeps_every_law_from_the_third_on() {
        assertLawful(ToyPolicies.turning(), Dials.everything(), 2, ONE_MORE_WITH_EVERY_BUILD, 3);
        assertThat(coverage.together(Happening.POLICY_CHANGED, Happening.POLICY_CHANGED))
                .isPositive();
    }

    @Test
    @Tag("histories")
    void as_many_histories_as_asked_for_keep_every_law() {
        int count = Integer.getInteger("histories.count", 3_400);
        long first = Long.getLong("histories.first", 0);
        assertLawful(Dials.storm(), first, count);
        assertLawful(List.of(ToyPolicies.mourning(), ToyPolicies.parting()), GRIEF, first, count);
        assertLawful(ToyPolicies.all(), MERGING, first, count, 2);
        assertLawful(ToyPolicies.turning(), Dials.everything(), first, count, 3);
        assertLawful(ToyPolicies.all(), ONE_MORE.get(Happening.OUTAGE), first, count);
        System.out.println(coverage.table());
        System.out.println("together in fewer than " + EACH_PAIR + ": " + coverage.below(EACH_PAIR));
    }

    private void assertLawful(Dials dials, long first, int count) {
        assertLawful(ToyPolicies.all(), dials, first, count);
    }

    private void assertLawful(List<SyncSimulator> simulators, Dials dials, long first, int count) {
        assertLawful(simulators, dials, first, count, 1);
    }

    private void assertLawful(List<SyncSimulator> simulators, Dials dials, long first, int count, int firstLaw) {
        for (SyncSimulator simulator : simulators) {
            SyncSimulator dialled = simulator.dials(dials);
            List<String> broken = LongStream.range(first, first + count)
                    .parallel()
                    .mapToObj(dialled::run)
                    .peek(coverage::add)
                    .filter(history -> history.violations().stream().anyMatch(violation -> violation.law() >= firstLaw))
                    .map(history -> history.reproduction() + " " + history.violations())
                    .sorted()
                    .toList();
            assertThat(broken).as("%d histories under %s", count, dials).isEmpty();
        }
    }
}
