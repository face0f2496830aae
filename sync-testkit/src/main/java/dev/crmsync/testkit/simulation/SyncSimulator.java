package dev.crmsync.testkit.simulation;

import dev.crmsync.policy.Policy;
import dev.crmsync.spi.resolver.Resolver;
import java.util.List;
import java.util.Objects;

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
 * The same seed, policy, systems and dials give the same history, byte for byte. Immutable and thread-safe; each run keeps
 * to one thread and to a clock of its own.
 */
public final class SyncSimulator {
    private final Policy policy;
    private final List<String> systems;
    private final Dials dials;
    private final Sabotage sabotage;
    private final List<Resolver> resolvers;

    private SyncSimulator(
            Policy policy, List<String> systems, Dials dials, Sabotage sabotage, List<Resolver> resolvers) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.systems = List.copyOf(systems);
        this.dials = Objects.requireNonNull(dials, "dials");
        this.sabotage = sabotage;
        this.resolvers = List.copyOf(resolvers);
    }

    /**
     * A simulator of a policy, between systems called {@code kirim} and {@code crm}, in a storm.
     *
     * @param policy the policy, for contacts
     * @return the simulator
     */
    public static SyncSimulator of(Policy policy) {
        return new SyncSimulator(policy, List.of("kirim", "crm"), Dials.storm(), Sabotage.NONE, List.of());
    }

    /**
     * The same simulator between other systems.
     *
     * @param names their names; the first issues the join key
     * @return a copy
     */
    public SyncSimulator systems(String... names) {
        if (names.length < 2) {
            throw new IllegalArgumentException("a sync needs two systems at least");
        }
        return new SyncSimulator(policy, List.of(names), dials, sabotage, resolvers);
    }

    /**
     * The same simulator with other dials.
     *
     * @param other the dials
     * @return a copy
     */
    public SyncSimulator dials(Dials other) {
        return new SyncSimulator(policy, systems, other, sabotage, resolvers);
    }

    /**
     * The same simulator with the resolvers that the policy names.
     *
     * @param named the resolvers
     * @return a copy
     */
    public SyncSimulator resolvers(Resolver... named) {
        return new SyncSimulator(policy, systems, dials, sabotage, List.of(named));
    }

    SyncSimulator broken(Sabotage how) {
        return new SyncSimulator(policy, systems, dials, how, resolvers);
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
        return new History(
                seed, simulation.world.trace(), violations, simulation.chronicle.counts, reproduction(seed));
    }

    /** A line of Java that runs a history again. */
    String reproduction(long seed) {
        return "SyncSimulator.of(policy /* " + policy.name() + " */).systems(\"" + String.join("\", \"", systems)
                + "\").dials(" + dials + ").run(" + seed + "L)";
    }

    /** A history that has come to rest and was not judged yet. */
    Simulation lived(long seed) {
        Simulation simulation = new Simulation(policy, resolvers, systems, dials, sabotage, seed);
        simulation.live();
        return simulation;
    }
}
