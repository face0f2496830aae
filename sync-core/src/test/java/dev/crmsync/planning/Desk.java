package dev.crmsync.planning;

import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A desk to plan at by hand: one input after the other on one link, with everything that the planner answered at hand. */
final class Desk {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final Rules rules;
    final String type;
    LinkState link;
    Plan plan;
    Instant now = START;

    Desk(Rules rules, String type) {
        this.rules = rules;
        this.type = type;
        this.link = LinkState.empty("L", type);
        this.plan = new Plan(Links.of(link), List.of(), List.of(), List.of());
    }

    /** Rules of systems with these mappings; kirim, where it is one of them, issues the join key. */
    static Rules rules(Policy policy, CreateLookup lookup, Map<String, List<Mapping>> systems) {
        return rules(policy, lookup, AsOfGrade.PROPERTY, systems);
    }

    /** The same of systems that date their values as finely as said. */
    static Rules rules(Policy policy, CreateLookup lookup, AsOfGrade grade, Map<String, List<Mapping>> systems) {
        Map<String, SystemRules> all = new TreeMap<>();
        systems.forEach((name, mappings) -> {
            Map<String, Mapping> byType = new TreeMap<>();
            List<TypeDeclaration> types = new ArrayList<>();
            for (Mapping mapping : mappings) {
                byType.put(mapping.type(), mapping);
                types.add(new TypeDeclaration(
                        mapping.type(),
                        grade,
                        false,
                        lookup,
                        true,
                        true,
                        TypeDeclaration.DEFAULT_ECHO_HORIZON,
                        Duration.ZERO,
                        List.of()));
            }
            all.put(
                    name,
                    new SystemRules(new Declaration("toy", name.equals("kirim"), types, List.of()), byType, true));
        });
        return Rules.of(policy, all, "ID");
    }

    RecordRef ref(String system) {
        return new RecordRef(system, type, system + "-1");
    }

    /** A record joins the link, and is seen whole. */
    Desk has(String system, String... properties) {
        IdentityChange change = link.seq() == 0
                ? new IdentityChange.Born("L", ref(system))
                : new IdentityChange.Attached("L", ref(system), IdentityChange.Attached.JOIN_KEY);
        take(new Input.Identity(now, next(), change));
        return event(system, 0, Evidence.LISTING, properties);
    }

    /** An event of these properties, that many seconds after the start. */
    Desk event(String system, int second, String... properties) {
        return event(system, second, Evidence.EVENT, properties);
    }

    Desk event(String system, int second, Evidence evidence, String... properties) {
        return observe(
                ChangeEvent.partial(ref(system), values(properties), AsOf.at(START.plusSeconds(second)), evidence));
    }

    /** Kirim's record begins the link, with one key in its bag. */
    Desk observeBag(String segment) {
        has("kirim", "name", "M");
        return observe(ChangeEvent.partial(
                ref("kirim"),
                Map.of("metadata", new NativeValue.Entries(Map.of("segment", NativeValue.text(segment)))),
                AsOf.at(START.plusSeconds(1)),
                Evidence.EVENT));
    }

    Desk kind(String system, ChangeKind kind, int second) {
        return observe(ChangeEvent.of(ref(system), kind, AsOf.at(START.plusSeconds(second)), Evidence.EVENT));
    }

    Desk observe(ChangeEvent event) {
        return take(new Input.Observed(now, next(), "L", event, Map.of()));
    }

    Desk write(String system) {
        return write(system, Map.of());
    }

    Desk write(String system, Map<String, String> parents) {
        return take(new Input.WriteStarted(now, next(), "L", system, parents, "key-" + next()));
    }

    /** The write took effect, and the answer shows these properties at that second. */
    Desk done(String system, int second, String... shown) {
        ChangeEvent record =
                ChangeEvent.partial(ref(system), values(shown), AsOf.at(START.plusSeconds(second)), Evidence.READ);
        return outcome(system, new Outcome.Done(ref(system), record));
    }

    Desk outcome(String system, Outcome outcome) {
        InFlight flight = link.side(system).inFlight();
        if (flight == null) {
            throw new AssertionError("nothing is in flight to " + system);
        }
        return take(new Input.WriteOutcome(now, next(), "L", system, flight.seq(), outcome, Map.of()));
    }

    /** A read that was issued at a sequence number answers with these properties. */
    Desk read(String system, long issued, int second, String... properties) {
        ChangeEvent record =
                ChangeEvent.full(ref(system), values(properties), AsOf.at(START.plusSeconds(second)), Evidence.READ);
        return read(system, issued, new Read.Found(record));
    }

    Desk read(String system, long issued, Read read) {
        return take(new Input.ReadOutcome(now, next(), "L", system, issued, read, Map.of()));
    }

    Desk take(Input input) {
        plan = Planner.plan(Links.of(link), input, rules);
        link = plan.after().get("L");
        return this;
    }

    Desk after(Duration time) {
        now = now.plus(time);
        return this;
    }

    long next() {
        return link.seq() + 1;
    }

    Value agreed(Field field) {
        return link.agreed().get(field.name()).value();
    }

    List<Reason> reasons(Field field) {
        return plan.decisions().stream()
                .filter(decision -> field.name().equals(decision.field()))
                .map(Decision::reason)
                .toList();
    }

    List<Reason> reasons() {
        return plan.decisions().stream().map(Decision::reason).toList();
    }

    /** What is due at a system, or nothing. */
    Optional<Due.Need> due(String system) {
        return plan.due().stream()
                .filter(due -> due.system().equals(system))
                .map(Due::need)
                .findFirst();
    }

    /** What is in flight to a system, by slot. */
    Map<String, NativeValue> sent(String system) {
        InFlight flight = link.side(system).inFlight();
        return flight == null ? Map.of() : flight.slots();
    }

    static Map<String, NativeValue> values(String... properties) {
        Map<String, NativeValue> values = new TreeMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            values.put(properties[i], NativeValue.text(properties[i + 1]));
        }
        return values;
    }
}
