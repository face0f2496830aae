package dev.crmsync.engine;

import dev.crmsync.policy.Policy;
import dev.crmsync.safety.Budget;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.resolver.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one sync: its systems, who decides what, and how often to look for changes. It belongs to one tenant;
 * an engine hosts many. Immutable: each method returns a copy.
 */
public final class Sync {
    /** Where most of Kirim's organisations are. */
    private static final String REGION = "ID";

    private final String name;
    private final Map<String, SystemSource> systems;
    private final @Nullable Decided policy;
    private final List<MappingChange> mappings;
    private final String defaultRegion;
    private final Map<String, Duration> polls;
    private final Map<String, Duration> sweeps;
    private final Budget budget;
    private final SecretSink secretSink;

    /** A change of the mapping of one record type at one system. */
    record MappingChange(String system, String type, UnaryOperator<Mapping> change) {}

    /** The policy, with the resolvers that it names. */
    private record Decided(Policy policy, List<Resolver> resolvers) {}

    private Sync(
            String name,
            Map<String, SystemSource> systems,
            @Nullable Decided policy,
            List<MappingChange> mappings,
            String defaultRegion,
            Map<String, Duration> polls,
            Map<String, Duration> sweeps,
            Budget budget,
            SecretSink secretSink) {
        this.name = name;
        this.systems = Collections.unmodifiableMap(new LinkedHashMap<>(systems));
        this.policy = policy;
        this.mappings = List.copyOf(mappings);
        this.defaultRegion = defaultRegion;
        this.polls = Collections.unmodifiableMap(new TreeMap<>(polls));
        this.sweeps = Collections.unmodifiableMap(new TreeMap<>(sweeps));
        this.budget = budget;
        this.secretSink = secretSink;
    }

    /**
     * Begins a definition.
     *
     * @param name the sync's name, unique in its store: 1 to 60 letters, digits, hyphens, underscores and full stops
     * @return a sync without systems and without a policy
     * @throws SyncException of kind CONFIGURATION when the name has another form
     */
    public static Sync named(String name) {
        if (!name.matches("[\\w.-]{1,60}")) {
            throw SyncException.configuration("a sync's name has 1 to 60 letters, digits, hyphens, underscores and full"
                    + " stops; choose another than '" + name + "'");
        }
        return new Sync(
                name, Map.of(), null, List.of(), REGION, Map.of(), Map.of(), Budget.DEFAULT, SecretSink.refusing());
    }

    /**
     * Adds a system, as an adapter's fluent face defines it.
     *
     * @param system the system's name in this sync, such as {@code crm}: 1 to 40 letters, digits, hyphens and underscores
     * @param definition what it is made from
     * @return a copy
     * @throws SyncException of kind CONFIGURATION when the name has another form or is taken
     */
    public Sync system(String system, SystemDefinition definition) {
        return with(system, new SystemSource(definition, "", definition.settings(), definition.secrets()));
    }

    /**
     * Adds a system by the name of its vendor: the provider is found among those that are registered with the engine's
     * builder, then among those on the class path.
     *
     * @param system the system's name in this sync
     * @param vendor the provider's name, such as {@code hubspot}
     * @param settings plain settings, as the provider names them
     * @param secrets secrets, as the provider names them
     * @return a copy
     * @throws SyncException of kind CONFIGURATION when the system's name has another form or is taken
     */
    public Sync system(String system, String vendor, Map<String, String> settings, Map<String, SecretSource> secrets) {
        return with(system, new SystemSource(null, vendor, settings, secrets));
    }

    private Sync with(String system, SystemSource source) {
        if (!system.matches("[\\w-]{1,40}")) {
            throw SyncException.configuration("sync " + name + ": a system's name has 1 to 40 letters, digits, hyphens"
                    + " and underscores; choose another than '" + system + "'");
        }
        Map<String, SystemSource> more = new LinkedHashMap<>(systems);
        if (more.put(system, source) != null) {
            throw SyncException.configuration(
                    "sync " + name + " has a system '" + system + "' already; give the second one another name");
        }
        return new Sync(name, more, policy, mappings, defaultRegion, polls, sweeps, budget, secretSink);
    }

    /**
     * Says who decides what.
     *
     * @param decided the policy
     * @param resolvers the resolvers that it names; an engine refuses a policy without them
     * @return a copy
     */
    public Sync policy(Policy decided, Resolver... resolvers) {
        Decided all = new Decided(decided, List.of(resolvers));
        return new Sync(name, systems, all, mappings, defaultRegion, polls, sweeps, budget, secretSink);
    }

    /**
     * Changes how a system's native properties are mapped.
     *
     * @param system the system
     * @param type the canonical record type
     * @param change makes the mapping from the adapter's default one
     * @return a copy
     */
    public Sync mapping(String system, String type, UnaryOperator<Mapping> change) {
        List<MappingChange> more = new ArrayList<>(mappings);
        more.add(new MappingChange(system, type, change));
        return new Sync(name, systems, policy, more, defaultRegion, polls, sweeps, budget, secretSink);
    }

    /**
     * Says in which country phone numbers without a country code are.
     *
     * @param region the ISO 3166 region, such as {@code SG}; {@code ID}, Indonesia, unless said otherwise
     * @return a copy
     */
    public Sync defaultRegion(String region) {
        return new Sync(name, systems, policy, mappings, region, polls, sweeps, budget, secretSink);
    }

    /**
     * Says how often a system is asked for changes.
     *
     * @param system the system; one that can list changes is asked every minute unless said otherwise
     * @param interval how long it is left alone once nothing new was told; zero switches its polls off
     * @return a copy
     * @throws SyncException of kind CONFIGURATION when it is negative
     */
    public Sync pollEvery(String system, Duration interval) {
        if (interval.isNegative()) {
            throw SyncException.configuration("sync " + name + ": pollEvery of " + system
                            + " needs an interval above zero, or zero to switch its polls off")
                    .inSystem(system);
        }
        Map<String, Duration> more = new TreeMap<>(polls);
        more.put(system, interval);
        return new Sync(name, systems, policy, mappings, defaultRegion, more, sweeps, budget, secretSink);
    }

    /**
     * Says how often all records of a system are walked, to find what webhooks and polls have missed.
     *
     * @param system the system; it is not walked unless said so here, or when a poll has lost its place
     * @param interval how long after the beginning of one walk the next begins; at least as long as a walk takes
     * @return a copy
     * @throws SyncException of kind CONFIGURATION when it is not above zero
     */
    public Sync sweepEvery(String system, Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw SyncException.configuration("sync " + name + ": sweepEvery of " + system
                            + " needs an interval above zero; leave it out to walk it never")
                    .inSystem(system);
        }
        Map<String, Duration> more = new TreeMap<>(sweeps);
        more.put(system, interval);
        return new Sync(name, systems, policy, mappings, defaultRegion, polls, more, budget, secretSink);
    }

    /**
     * Says how many records a backfill or a sweep may change without approval.
     *
     * @param most the budget
     * @return a copy
     */
    public Sync budget(Budget most) {
        return new Sync(name, systems, policy, mappings, defaultRegion, polls, sweeps, most, secretSink);
    }

    /**
     * Says where secrets go that a vendor shows only once, such as that of a new webhook subscription.
     *
     * @param sink the sink; unless given, such secrets are refused with an error that says so
     * @return a copy
     */
    public Sync secretSink(SecretSink sink) {
        return new Sync(name, systems, policy, mappings, defaultRegion, polls, sweeps, budget, sink);
    }

    /**
     * The sync's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    Map<String, SystemSource> systems() {
        return systems;
    }

    @Nullable Policy policy() {
        return policy == null ? null : policy.policy();
    }

    List<Resolver> resolvers() {
        return policy == null ? List.of() : policy.resolvers();
    }

    List<MappingChange> mappings() {
        return mappings;
    }

    String defaultRegion() {
        return defaultRegion;
    }

    Map<String, Duration> polls() {
        return polls;
    }

    Map<String, Duration> sweeps() {
        return sweeps;
    }

    Budget budget() {
        return budget;
    }

    SecretSink secretSink() {
        return secretSink;
    }

    @Override
    public String toString() {
        return "Sync[" + name + ", systems=" + systems.keySet() + "]";
    }
}
