package dev.crmsync.engine;

import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What is checked of a definition before an engine starts on it: each finding names the remedy. */
final class Checks {
    private final Sync sync;
    private final Policy policy;
    private final Rules rules;
    private final Map<String, Adapter> adapters;

    private Checks(Sync sync, Policy policy, Rules rules, Map<String, Adapter> adapters) {
        this.sync = sync;
        this.policy = policy;
        this.rules = rules;
        this.adapters = adapters;
    }

    static Checks of(Sync sync, Policy policy, Rules rules, Map<String, Adapter> adapters) {
        return new Checks(sync, policy, rules, adapters);
    }

    void run() {
        known("its policy " + policy.name(), policy.systems());
        known(
                "a mapping",
                sync.mappings().stream().map(Sync.MappingChange::system).toList());
        sync.mappings().forEach(this::synced);
        known("a poll interval", sync.polls().keySet());
        known("a sweep interval", sync.sweeps().keySet());
        sync.polls().forEach(this::pollable);
        sync.sweeps().keySet().forEach(this::sweepable);
        rules.systems()
                .forEach((system, known) -> known.mappings().values().forEach(mapping -> {
                    if (policy.type(mapping.type()).isPresent()) {
                        fields(system, mapping);
                        creates(system, known, mapping);
                    }
                }));
    }

    private SyncException wrong(String what) {
        return SyncException.configuration("sync " + sync.name() + ": " + what);
    }

    private void known(String who, Collection<String> systems) {
        for (String system : systems) {
            if (!adapters.containsKey(system)) {
                throw wrong(who + " names the system '" + system + "', and the sync has " + adapters.keySet()
                                + ": name one of these, or define it with .system(\"" + system + "\", ..)")
                        .inSystem(system);
            }
        }
    }

    private void synced(Sync.MappingChange change) {
        if (policy.type(change.type()).isEmpty()) {
            throw wrong("a mapping at " + change.system() + " is of the type '" + change.type() + "', and policy "
                            + policy.name() + " syncs "
                            + policy.policies().keySet() + ": name one of these, or add the type to the policy")
                    .inSystem(change.system());
        }
    }

    private void sweepable(String system) {
        if (!(adapters.get(system) instanceof ListsAll)) {
            throw wrong("system " + system + " cannot list all its records; leave out its sweep interval")
                    .inSystem(system);
        }
    }

    private void pollable(String system, Duration interval) {
        if (!interval.isZero() && !(adapters.get(system) instanceof ListsChanges)) {
            throw wrong("system " + system
                            + " cannot list changes; leave out its poll interval, and rely on webhooks and sweeps")
                    .inSystem(system);
        }
    }

    /** A field that only an adapter's default mapping has, and the policy has not, goes nowhere and does no harm. */
    private void fields(String system, Mapping mapping) {
        RecordType type = policy.recordType(mapping.type()).orElseThrow();
        boolean changed = sync.mappings().stream()
                .anyMatch(change ->
                        change.system().equals(system) && change.type().equals(mapping.type()));
        for (FieldMapping mapped : mapping.fields()) {
            Field field = mapped.field();
            Optional<Field> known = type.field(field.name());
            boolean fits = known.map(own -> own.type() == field.type()).orElse(!changed);
            if (!fits) {
                throw wrong("the mapping of " + mapping.type() + " at " + system + " has a field '" + field.name()
                                + "' of type " + field.type() + ", which the policy's record type does not have;"
                                + " add it to the record type, or take it out with Mapping.without(..)")
                        .inSystem(system)
                        .about(field.name());
            }
        }
    }

    /** A create whose answer is lost must be found again as the adapter declares, or persons are made twice. */
    private void creates(String system, SystemRules known, Mapping mapping) {
        boolean mayCreate = policy.type(mapping.type())
                .map(type -> type.records(system).mayCreate())
                .orElse(false);
        CreateLookup lookup = known.declaration()
                .type(mapping.type())
                .map(TypeDeclaration::createLookup)
                .orElse(new CreateLookup.None());
        boolean byKey = lookup instanceof CreateLookup.UniqueUpsert || lookup instanceof CreateLookup.Lookup;
        if (!mayCreate || !byKey) {
            return;
        }
        if (mapping.externalId() == null) {
            throw wrong("records may be made at " + system + ", whose adapter finds a lost one again by its join key,"
                            + " and its mapping of " + mapping.type()
                            + " has no property for it; give one with Mapping.withExternalId(..), or forbid creating")
                    .inSystem(system);
        }
        if (lookup instanceof CreateLookup.Lookup && !(adapters.get(system) instanceof FindsCreated)) {
            throw wrong("the adapter of " + system
                            + " declares that creates can be looked up, and does not implement FindsCreated;"
                            + " this is a fault of the adapter, to be told to its author")
                    .inSystem(system);
        }
    }
}
