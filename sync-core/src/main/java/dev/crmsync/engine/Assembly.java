package dev.crmsync.engine;

import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.lint.Finding;
import dev.crmsync.lint.PolicyLint;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.mapping.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapters, pacers and rules of one sync, made from its definition and checked. */
record Assembly(SortedMap<String, Adapter> adapters, Map<String, Pacer> pacers, Rules rules) {
    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    /**
     * Makes them.
     *
     * @throws SyncException of kind CONFIGURATION that names what is wrong, and the remedy
     */
    static Assembly of(Sync sync, Seams seams) {
        Policy policy = sync.policy();
        if (policy == null) {
            throw SyncException.configuration("sync " + sync.name()
                    + " has no policy; say who decides what, as with .policy(Policies.guide().primaryCrm(\"crm\"))");
        }
        if (sync.systems().size() < 2) {
            throw SyncException.configuration(
                    "sync " + sync.name() + " has " + sync.systems().size()
                            + " system(s), and keeps two or more in step; add them with .system(name, definition)");
        }
        SortedMap<String, Adapter> adapters = new TreeMap<>();
        Map<String, Pacer> pacers = new HashMap<>();
        try {
            Map<String, SystemRules> systems = new TreeMap<>();
            sync.systems().forEach((name, source) -> {
                AtomicReference<Pacer> pacer = new AtomicReference<>();
                Adapter adapter = source.provider(seams.providers()).create(config(sync, name, source, seams, pacer));
                adapters.put(name, adapter);
                pacers.put(name, Pacer.of(adapter.declaration(), seams.clock()));
                pacer.set(pacers.get(name));
                systems.put(name, SystemRules.of(adapter, mappings(sync, name, adapter)));
            });
            shared(sync, systems);
            Rules rules = Rules.of(policy, systems, sync.defaultRegion(), sync.resolvers());
            Checks.of(sync, policy, rules, adapters).run();
            lint(sync, rules);
            return new Assembly(adapters, pacers, rules);
        } catch (RuntimeException e) {
            close(adapters);
            throw e;
        }
    }

    /** A type that one system alone carries has nobody to be kept in step with: it is neither listed nor linked. */
    private static void shared(Sync sync, Map<String, SystemRules> systems) {
        Map<String, Set<String>> carriers = new TreeMap<>();
        systems.forEach((system, known) -> known.mappings().keySet().stream()
                .filter(type -> known.declaration().type(type).isPresent())
                .forEach(type ->
                        carriers.computeIfAbsent(type, fresh -> new TreeSet<>()).add(system)));
        systems.replaceAll((system, known) -> known.limitedTo(type -> {
            Set<String> all = carriers.getOrDefault(type, Set.of());
            if (all.size() == 1) {
                LOG.info(
                        "sync {}: {} carries the type {} and no other system does; it is not followed",
                        sync.name(),
                        all,
                        type);
            }
            return all.size() > 1;
        }));
    }

    /** What would harm data is refused with all that was found; what has a consequence worth knowing is logged. */
    private static void lint(Sync sync, Rules rules) {
        List<Finding> findings = PolicyLint.check(rules);
        List<Finding> errors = PolicyLint.errors(findings);
        if (!errors.isEmpty()) {
            throw SyncException.configuration("sync " + sync.name() + " would harm data, and is not started:\n  "
                    + errors.stream().map(Finding::toString).collect(Collectors.joining("\n  ")));
        }
        findings.forEach(finding -> LOG.warn("sync {}: {}", sync.name(), finding));
    }

    /** Closes all of them: one that will not be closed keeps no other open. */
    static void close(SortedMap<String, Adapter> adapters) {
        adapters.forEach((system, adapter) -> {
            try {
                adapter.close();
            } catch (RuntimeException e) {
                LOG.warn("the adapter of system {} was not closed: {}", system, DeadLetters.reason(e));
            }
        });
    }

    private static AdapterConfig config(
            Sync sync, String name, SystemSource source, Seams seams, AtomicReference<Pacer> pacer) {
        return new AdapterConfig(
                name,
                source.settings(),
                source.secrets(),
                sync.secretSink(),
                seams.clock(),
                report -> tell(pacer.get(), report));
    }

    private static void tell(@Nullable Pacer pacer, QuotaReport report) {
        if (pacer != null) {
            pacer.report(report);
        }
    }

    private static Map<String, Mapping> mappings(Sync sync, String system, Adapter adapter) {
        Map<String, Mapping> mappings = new TreeMap<>();
        adapter.defaultMappings().forEach(mapping -> mappings.put(mapping.type(), mapping));
        for (Sync.MappingChange change : sync.mappings()) {
            if (change.system().equals(system)) {
                Mapping before = mappings.getOrDefault(change.type(), Mapping.of(change.type()));
                mappings.put(change.type(), changed(sync, change, before));
            }
        }
        return mappings;
    }

    private static Mapping changed(Sync sync, Sync.MappingChange change, Mapping before) {
        String where = "sync " + sync.name() + ": the mapping of " + change.type() + " at " + change.system();
        @Nullable Mapping after;
        try {
            after = change.change().apply(before);
        } catch (IllegalArgumentException e) {
            throw SyncException.of(Kind.CONFIGURATION, where + " is wrong: " + e.getMessage(), e)
                    .inSystem(change.system());
        }
        if (after == null || !after.type().equals(change.type())) {
            throw SyncException.configuration(where + " was turned into "
                            + (after == null ? "nothing" : "one of " + after.type())
                            + "; give back the mapping that Sync.mapping(..) handed in, changed")
                    .inSystem(change.system());
        }
        return after;
    }
}
