package dev.crmsync.testkit.simulation;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.resolver.Resolver;
import dev.crmsync.spi.store.Store;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Grows whole histories of a policy from seeds: toy systems with habits of their own, people who edit anywhere at any time,
 * webhooks that come late, twice, out of order or never, answers that are lost, and an engine that dies between any two
 * writes to its store. The engine is the one that runs in production. Every history is held against the laws.
 *
 * <pre>{@code
 * History history = SyncSimulator.of(policy).systems("kirim", "crm").run(4711);
 * if (!history.lawful()) {
 *     throw new AssertionError(history.report());
 * }
 * }</pre>
 *
 * The same seed, policy, systems and dials give the same history, byte for byte. A history that breaks a law is made smaller by
 * {@link #shrink}, and printed as a test. Immutable and thread-safe; each run keeps to one thread and to a clock of its own.
 */
public final class SyncSimulator {
    private final Setting setting;

    private SyncSimulator(Setting setting) {
        this.setting = setting;
    }

    /**
     * A simulator of a policy, between systems called {@code kirim} and {@code crm}, in a storm.
     *
     * @param policy the policy, for contacts
     * @return the simulator
     */
    public static SyncSimulator of(Policy policy) {
        return new SyncSimulator(new Setting(
                policy,
                List.of(),
                List.of("kirim", "crm"),
                Dials.storm(),
                Course.ALL,
                MemoryStore::new,
                null,
                Sabotage.NONE,
                false));
    }

    /**
     * The same simulator between other systems.
     *
     * @param names their names; the first issues the join key
     * @return a copy
     */
    public SyncSimulator systems(String... names) {
        return new SyncSimulator(setting.with(List.of(names)));
    }

    /**
     * The same simulator with other dials.
     *
     * @param other the dials
     * @return a copy
     */
    public SyncSimulator dials(Dials other) {
        return new SyncSimulator(setting.with(other));
    }

    /**
     * The same simulator with the resolvers that the policy names.
     *
     * @param named the resolvers
     * @return a copy
     */
    public SyncSimulator resolvers(Resolver... named) {
        return new SyncSimulator(setting.resolvedBy(List.of(named)));
    }

    /**
     * The same simulator with a policy that may take the place of the first in mid-flight: see {@link Dial#POLICIES}. The same
     * resolvers serve both.
     *
     * @param later the policy
     * @return a copy
     */
    public SyncSimulator turningTo(Policy later) {
        return new SyncSimulator(setting.turningTo(Objects.requireNonNull(later, "later")));
    }

    /**
     * The same simulator on other stores than those in memory.
     *
     * @param fresh makes an empty store for each history, which closes it
     * @return a copy
     */
    public SyncSimulator stores(Supplier<? extends Store> fresh) {
        return new SyncSimulator(setting.with(fresh));
    }

    /**
     * The same simulator, in which people do only some of what the dice choose for them. What they do is as it was chosen.
     *
     * @param numbers the numbers of these things, from 0
     * @return a copy
     */
    public SyncSimulator onlyDeeds(int... numbers) {
        return new SyncSimulator(setting.with(setting.course().withDeeds(sorted(numbers))));
    }

    /**
     * The same simulator, in which only some of the faults strike that the dice choose.
     *
     * @param numbers the numbers of these faults, from 1, in the order in which they would strike
     * @return a copy
     */
    public SyncSimulator onlyFaults(int... numbers) {
        return new SyncSimulator(setting.with(setting.course().withFaults(sorted(numbers))));
    }

    private static SortedSet<Integer> sorted(int... numbers) {
        return IntStream.of(numbers).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    SyncSimulator broken(Sabotage how) {
        return new SyncSimulator(setting.with(how));
    }

    SyncSimulator course(Course other) {
        return new SyncSimulator(setting.with(other));
    }

    /** The same simulator, whose engine records its inputs. */
    SyncSimulator recorded() {
        return new SyncSimulator(setting.recorded());
    }

    Setting setting() {
        return setting;
    }

    /**
     * Grows one history, and judges it.
     *
     * @param seed any number
     * @return the history
     */
    public History run(long seed) {
        Simulation simulation = lived(seed);
        Findings found = simulation.findings();
        List<Violation> violations = Law.judge(found);
        if (!violations.isEmpty()) {
            simulation.tellJournal(found);
        }
        simulation.store.close();
        return new History(
                seed,
                simulation.world.trace(),
                violations,
                simulation.chronicle.counts,
                simulation.chronicle.happenings,
                reproduction(seed),
                simulation.deeds(),
                simulation.faults());
    }

    /**
     * Makes a history that breaks a law smaller, for as long as it breaks that law: fewer dials, fewer persons, fewer of the things
     * that they do, and fewer faults.
     *
     * @param seed what the history grows from
     * @param law the law's number
     * @param tries how many histories may be grown for it; some hundreds are enough
     * @return the smallest history that was found
     * @throws IllegalArgumentException when the history does not break that law
     */
    public Shrunk shrink(long seed, int law, int tries) {
        return new Shrinking(this, seed, law, tries).shrunk();
    }

    /** A line of Java that runs a history again. */
    String reproduction(long seed) {
        return "SyncSimulator.of(policy /* " + setting.policy().name() + " */)" + told("") + ".run(" + seed + "L)";
    }

    /**
     * What is said to a simulator of the policy to make it this one, in Java.
     *
     * @param gap what stands before each call
     */
    String told(String gap) {
        Course course = setting.course();
        return gap + ".systems(\"" + String.join("\", \"", setting.systems()) + "\")" + gap + ".dials("
                + setting.dials()
                + ")"
                + told(gap + ".onlyDeeds", course.deeds())
                + told(gap + ".onlyFaults", course.faults());
    }

    private static String told(String call, @Nullable SortedSet<Integer> numbers) {
        return numbers == null
                ? ""
                : call + numbers.toString().replace('[', '(').replace(']', ')');
    }

    /** A history that has come to rest and was not judged yet. */
    Simulation lived(long seed) {
        Simulation simulation = new Simulation(setting, seed);
        simulation.live();
        return simulation;
    }
}
