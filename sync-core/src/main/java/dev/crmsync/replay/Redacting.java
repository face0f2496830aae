package dev.crmsync.replay;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Replaced;
import dev.crmsync.planning.Seen;
import dev.crmsync.planning.Sent;
import dev.crmsync.planning.Side;
import dev.crmsync.planning.Standing;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts tokens in the place of values and ids, and keeps everything else: names, times, reasons, and what was done. */
final class Redacting {
    private static final String WITHHELD = "withheld";

    private final Tokens tokens;
    private final RedactingChanges changes;

    /** Properties and slots whose raw values are ids of other records. */
    private final Set<String> referring;

    Redacting(Tokens tokens, Set<String> referring) {
        this.tokens = tokens;
        this.changes = new RedactingChanges(tokens);
        this.referring = Set.copyOf(referring);
    }

    Step step(Step step) {
        return new Step(
                input(step.input()),
                step.before().stream().map(this::before).toList(),
                step.rules(),
                step.decisions().stream().map(this::decision).toList(),
                step.due().stream().map(this::due).toList());
    }

    private Before before(Before before) {
        LinkState state = before.state();
        return new Before(
                tokens.text(before.link()),
                before.type(),
                before.seq(),
                state == null ? null : state(state),
                names(before.successors()));
    }

    private Input input(Input input) {
        if (input instanceof Input.Observed one) {
            return new Input.Observed(
                    one.at(), one.seq(), id(one.link()), event(one.event()), references(one.references()));
        } else if (input instanceof Input.WriteStarted one) {
            return new Input.WriteStarted(
                    one.at(),
                    one.seq(),
                    id(one.link()),
                    one.system(),
                    names(one.parents()),
                    text(one.idempotencyKey()));
        } else if (input instanceof Input.WriteOutcome one) {
            return new Input.WriteOutcome(
                    one.at(),
                    one.seq(),
                    id(one.link()),
                    one.system(),
                    one.started(),
                    outcome(one.outcome()),
                    references(one.references()));
        } else if (input instanceof Input.ReadOutcome one) {
            return new Input.ReadOutcome(
                    one.at(),
                    one.seq(),
                    id(one.link()),
                    one.system(),
                    one.issued(),
                    read(one.read()),
                    references(one.references()));
        } else if (input instanceof Input.TimerDue one) {
            return new Input.TimerDue(one.at(), one.seq(), id(one.link()));
        } else if (input instanceof Input.RulesChanged one) {
            return new Input.RulesChanged(one.at(), one.seq(), id(one.link()));
        } else if (input instanceof Input.ReviewAnswer one) {
            return new Input.ReviewAnswer(one.at(), one.seq(), id(one.link()), one.system(), one.field(), one.answer());
        } else if (input instanceof Input.Identity one) {
            return new Input.Identity(one.at(), one.seq(), changes.change(one.change()));
        } else if (input instanceof Input.ArchiveLetGo one) {
            return new Input.ArchiveLetGo(one.at(), one.seq(), id(one.link()), one.system());
        }
        Input.Erase erase = (Input.Erase) input;
        return new Input.Erase(erase.at(), erase.seq(), id(erase.link()));
    }

    private ChangeEvent event(ChangeEvent event) {
        return new ChangeEvent(
                changes.ref(event.ref()),
                event.kind(),
                raw(event.properties()),
                event.full(),
                event.asOf(),
                event.origin(),
                event.evidence(),
                event.other().map(changes::ref).orElse(null));
    }

    private @Nullable ChangeEvent eventOrNull(@Nullable ChangeEvent event) {
        return event == null ? null : event(event);
    }

    private Outcome outcome(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return new Outcome.Done(changes.ref(done.ref()), eventOrNull(done.record()));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            RecordRef existing = rejected.existing();
            return new Outcome.Rejected(
                    rejected.kind(), rejected.property(), existing == null ? null : changes.ref(existing), WITHHELD);
        } else if (outcome instanceof Outcome.Deferred deferred) {
            return new Outcome.Deferred(deferred.retryAfter(), deferred.quotaKey(), WITHHELD);
        }
        return new Outcome.Unknown(WITHHELD);
    }

    private Read read(Read read) {
        if (read instanceof Read.Found found) {
            return new Read.Found(event(found.record()));
        } else if (read instanceof Read.MergedInto merged) {
            return new Read.MergedInto(changes.ref(merged.into()), eventOrNull(merged.record()));
        } else if (read instanceof Read.Unknown unknown) {
            return new Read.Unknown(WITHHELD, unknown.retryAfter());
        }
        return read;
    }

    private LinkState state(LinkState state) {
        TreeMap<String, Agreed> agreed = new TreeMap<>();
        state.agreed()
                .forEach((field, one) -> agreed.put(
                        field,
                        new Agreed(tokens.of(one.value()), one.system(), one.seq(), one.written(), one.settling())));
        TreeMap<String, Side> sides = new TreeMap<>();
        state.sides().forEach((system, side) -> sides.put(system, side(side)));
        return new LinkState(
                id(state.id()),
                state.type(),
                state.seq(),
                state.rulesHash(),
                agreed,
                sides,
                ids(state.apart()),
                text(state.joinedInto()),
                state.erased());
    }

    private Side side(Side side) {
        TreeMap<String, Seen> seen = new TreeMap<>();
        side.seen()
                .forEach((slot, one) -> seen.put(slot, new Seen(raw(slot, one.raw()), one.asOf(), names(one.links()))));
        TreeMap<String, List<Sent>> sent = new TreeMap<>();
        side.sent()
                .forEach((slot, all) ->
                        sent.put(slot, all.stream().map(one -> sent(slot, one)).toList()));
        TreeMap<String, Replaced> replaced = new TreeMap<>();
        side.replaced()
                .forEach((property, one) -> replaced.put(property, new Replaced(one.asOf(), raw(one.carried()))));
        InFlight flight = side.inFlight();
        return new Side(
                side.presence(),
                text(side.record()),
                ids(side.secondaries()),
                seen,
                sent,
                standings(side.standings()),
                side.held(),
                flight == null ? null : flight(flight),
                side.wanted(),
                side.lastInput(),
                side.lastRead(),
                side.readAt(),
                side.life(),
                replaced);
    }

    /** How often two values took each other's place is told by a hash of theirs: from a state that is told it is counted anew. */
    private static SortedMap<String, Standing> standings(SortedMap<String, Standing> standings) {
        TreeMap<String, Standing> all = new TreeMap<>(standings);
        all.replaceAll(
                (field, one) -> new Standing(one.stance(), one.reason(), one.seq(), one.reverts(), one.since(), null));
        return all;
    }

    private Sent sent(String slot, Sent sent) {
        NativeValue shown = sent.shown();
        return new Sent(raw(slot, sent.raw()), shown == null ? null : raw(slot, shown), sent.at());
    }

    private InFlight flight(InFlight flight) {
        return new InFlight(
                flight.seq(),
                flight.at(),
                flight.create(),
                raw(flight.slots()),
                text(flight.joinKey()),
                text(flight.idempotencyKey()),
                flight.unknown(),
                flight.absences(),
                flight.archive());
    }

    private Decision decision(Decision decision) {
        return new Decision(
                id(decision.link()),
                decision.seq(),
                decision.at(),
                decision.system(),
                decision.field(),
                decision.reason(),
                decision.rule(),
                decision.asOf(),
                tokens.ofAny(decision.saw()),
                tokens.ofAny(decision.before()),
                tokens.ofAny(decision.after()),
                decision.stance(),
                decision.rulesHash());
    }

    private Due due(Due due) {
        return new Due(id(due.link()), due.system(), due.need(), due.notBefore(), text(due.waitingOn()));
    }

    private NativeValue raw(String slot, NativeValue value) {
        return referring.contains(slot) ? tokens.ofIds(value) : tokens.of(value);
    }

    private SortedMap<String, NativeValue> raw(Map<String, NativeValue> slots) {
        TreeMap<String, NativeValue> all = new TreeMap<>();
        slots.forEach((slot, value) -> all.put(slot, raw(slot, value)));
        return all;
    }

    private Map<RecordRef, String> references(Map<RecordRef, String> references) {
        Map<RecordRef, String> all = new HashMap<>();
        references.forEach((ref, link) -> all.put(changes.ref(ref), id(link)));
        return all;
    }

    private Map<String, String> names(Map<String, String> names) {
        Map<String, String> all = new TreeMap<>();
        names.forEach((one, other) -> all.put(id(one), id(other)));
        return all;
    }

    private SortedSet<String> ids(SortedSet<String> ids) {
        SortedSet<String> all = new TreeSet<>();
        ids.forEach(one -> all.add(id(one)));
        return all;
    }

    private String id(String id) {
        return tokens.text(id);
    }

    private @Nullable String text(@Nullable String text) {
        return text == null ? null : tokens.text(text);
    }
}
