package dev.crmsync.planning;

import dev.crmsync.policy.OnTaken;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Begins writes, and takes in what became of them. */
final class Writing {
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final Planning planning;
    private final Observing observing;
    private final Partings partings;
    private final LateAnswers late;

    Writing(Planning planning, Observing observing) {
        this.planning = planning;
        this.observing = observing;
        this.partings = new Partings(planning);
        this.late = new LateAnswers(planning, this);
    }

    /** Derives anew what is to be sent, and claims it before anything is sent. */
    void start(LinkDraft link, Input.WriteStarted input) {
        SideDraft side = link.side(input.system());
        if (side.inFlight != null) {
            return;
        }
        LinkState now = link.now();
        if (Partings.due(planning.rules, now, input.system()) && Partings.mayGo(now, input.system())) {
            archive(link, input, side);
            return;
        }
        Difference difference = Difference.at(planning.at, now, input.system(), planning.rules, input.parents());
        waitForParents(link, input.system(), side, difference);
        if (difference.isEmpty() || difference.blocked()) {
            return;
        }
        if (difference.readFirst() && !fresh(side)) {
            side.want(Reason.READ_BEFORE_WRITE, planning.seq);
            return;
        }
        if (!difference.create() && difference.slots().isEmpty()) {
            return;
        }
        side.inFlight = InFlight.begun(
                planning.seq, input.at(), difference, joinKey(link, input.system()), input.idempotencyKey());
        Carriage carriage = planning.rules.carriage(input.system(), link.type());
        if (carriage != null) {
            new Replacements(side).begin(carriage, difference);
        }
        planning.decided(link, input.system(), Reason.WRITE_STARTED);
    }

    /** What stands there is read first: an edit that nobody was told of yet stands against it. */
    private void archive(LinkDraft link, Input.WriteStarted input, SideDraft side) {
        if (!fresh(side)) {
            side.want(Reason.READ_BEFORE_WRITE, planning.seq);
            return;
        }
        side.inFlight = InFlight.archiving(planning.seq, input.at());
        planning.decided(link, input.system(), Reason.WRITE_STARTED);
    }

    /** The id that the anchor system knows the link's record by, for records of the others; null while it is not known. */
    private @Nullable String joinKey(LinkDraft link, String system) {
        String anchor = planning.rules.anchor();
        boolean keeps = planning.mapping(system, link.type())
                .map(mapping -> mapping.externalId() != null)
                .orElse(false);
        return anchor == null || anchor.equals(system) || !keeps ? null : link.side(anchor).record;
    }

    private void waitForParents(LinkDraft link, String system, SideDraft side, Difference difference) {
        side.standings.removeValues(standing -> standing.stance() == Stance.WAITING);
        difference.waiting().keySet().forEach(name -> {
            side.standings.put(name, Standing.of(Stance.WAITING, Reason.WAITING_FOR_PARENT, planning.seq));
            planning.field(link, name)
                    .ifPresent(field -> planning.decided(
                            link, system, field, Reason.WAITING_FOR_PARENT, null, null, link.agreed(field)));
        });
    }

    private boolean fresh(SideDraft side) {
        return side.lastRead > 0
                && side.lastRead == side.lastInput
                && side.readAt != null
                && !side.readAt.plus(Rules.FRESH).isBefore(planning.at);
    }

    void outcome(LinkDraft link, Input.WriteOutcome input) {
        SideDraft side = link.side(input.system());
        if (input.started() == Input.WriteOutcome.OF_A_LINK_TAKEN_OVER) {
            late.handedOver(link, input, side);
            return;
        }
        InFlight flight = side.inFlight;
        if (flight == null || flight.seq() != input.started()) {
            return;
        }
        boolean alone = side.lastInput <= flight.seq();
        Outcome outcome = input.outcome();
        if (outcome instanceof Outcome.Done done) {
            done(link, input, flight, done, alone);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            without(side, flight);
            side.inFlight = null;
            rejected(link, input.system(), side, flight, rejected);
        } else if (outcome instanceof Outcome.Deferred) {
            // A repetition that did not leave says nothing of the attempt before it: that stays unknown, and keeps its
            // key.
            without(side, flight);
            side.inFlight = flight.unknown() ? flight : null;
            planning.decided(link, input.system(), Reason.DEFERRED);
        } else {
            unknown(link, input.system(), side, flight);
        }
        side.lastInput = planning.seq;
    }

    /** A write did not take effect, unless an attempt before it did. */
    private static void without(SideDraft side, InFlight flight) {
        if (!flight.unknown()) {
            new Replacements(side).drop(flight);
        }
    }

    private void done(LinkDraft link, Input.WriteOutcome input, InFlight flight, Outcome.Done done, boolean alone) {
        String system = input.system();
        SideDraft side = link.side(system);
        if (flight.archive()) {
            observing.gone(link, system, side, Presence.ARCHIVED, null, false);
            return;
        }
        partings.alive(link, system, flight.seq());
        if (flight.create()) {
            confirm(link, system, done.ref());
        }
        ChangeEvent shown = done.record();
        AsOf asOf = shown == null ? null : shown.asOf();
        if (flight.create() && !done.ref().id().equals(side.record)) {
            // Another record joined the link while this one was being made: what was sent says nothing of that one.
            new Replacements(side).drop(flight);
            side.inFlight = null;
            return;
        }
        if (!done.ref().id().equals(side.record)) {
            late.elsewhere(link, system, flight);
            return;
        }
        flight.slots().forEach((slot, raw) -> {
            side.outlive(slot, raw);
            land(link, system, slot, raw, asOf, alone);
        });
        landReferences(link, system, flight, input.references());
        Replacements wholes = new Replacements(side);
        wholes.stand(flight, asOf, planning.at);
        if (shown != null && shown.ref().id().equals(side.record)) {
            if (alone) {
                wholes.shown(shown);
            }
            observing.observe(link, shown, alone, input.references());
            wholes.shown(shown);
        }
        side.inFlight = null;
        for (Field field : fields(link, system, flight)) {
            Standing standing = side.standings.get(field.name());
            if (standing != null && standing.stance() == Stance.REFUSED) {
                side.standings.remove(field.name());
            }
            late.unagreed(link, system, field, asOf);
            if (flight.create() && !alone) {
                late.made(link, system, field, flight);
            }
            planning.decided(
                    link, system, field, Reason.WRITTEN, asOf, planning.held(link, system, field), link.agreed(field));
            if (!alone && bringsAgreed(link, system, field, flight)) {
                observing.resisted(link, system, field);
            }
        }
    }

    /** Whether a write brought the value that is agreed now, and not an earlier one. */
    private boolean bringsAgreed(LinkDraft link, String system, Field field, InFlight flight) {
        return planning.carrying(system, link.type(), field)
                .map(mapped -> planning.lenses().get(system, mapped, field, flight.slots(), ref -> null))
                .filter(sent -> planning.equivalent(field, sent, link.agreed(field)))
                .isPresent();
    }

    /** A record that we made joins the link. */
    void confirm(LinkDraft link, String system, RecordRef made) {
        SideDraft side = link.side(system);
        if (side.record == null) {
            side.record = made.id();
        } else if (!side.record.equals(made.id())) {
            side.secondaries.add(made.id());
            planning.ask(link, system, null, Reason.DUPLICATE_REVIEW, null);
        }
        side.presence = Presence.PRESENT;
        side.held = null;
        planning.decided(link, system, Reason.CREATED);
    }

    /** Takes a written value for seen, unless something newer was seen meanwhile. */
    private void land(
            LinkDraft link, String system, String slot, NativeValue raw, @Nullable AsOf shown, boolean alone) {
        SideDraft side = link.side(system);
        Seen seen = side.seen.get(slot);
        AsOf asOf = shown == null ? untold(seen, coarse(link, system)) : shown;
        AsOf.Order order = seen == null || alone ? AsOf.Order.AFTER : asOf.compare(seen.asOf());
        if (shown == null && seen != null && !alone) {
            order = AsOf.Order.UNORDERED;
        }
        if (order == AsOf.Order.AFTER) {
            side.seen.put(slot, new Seen(raw, asOf));
        } else if (order == AsOf.Order.UNORDERED && seen != null && !landed(link, system, slot, raw, seen)) {
            side.want(Reason.UNORDERED, planning.seq);
        }
    }

    /** Whether a slot shows what it was given, in whichever way. */
    private boolean landed(LinkDraft link, String system, String slot, NativeValue given, Seen seen) {
        Carriage carriage = planning.rules.carriage(system, link.type());
        return seen.raw().equals(given)
                || carriage != null
                        && carriage.fields(Set.of(slot)).stream()
                                .map(field -> new Shown(field, carriage.carried(field)))
                                .anyMatch(shown -> shown.carried() != null
                                        && planning.shows(
                                                system,
                                                shown.carried().mapped(),
                                                shown.field(),
                                                slot,
                                                given,
                                                seen.raw()));
    }

    private record Shown(Field field, @Nullable Carried carried) {}

    /**
     * An answer that shows nothing does not tell when, on the system's clock, the write took effect, and our clock is not
     * the system's: it was some time after what was seen before. Whatever differs and is not older is settled by a read. A
     * minute that was told as a whole need not be over yet.
     */
    private static AsOf untold(@Nullable Seen before, boolean coarse) {
        Instant from = before == null ? Instant.EPOCH : before.asOf().from();
        Instant last = before == null ? from : before.asOf().to();
        return new AsOf(coarse || last.equals(END_OF_TIME) ? from : last, END_OF_TIME);
    }

    private boolean coarse(LinkDraft link, String system) {
        return declared(link, system)
                .map(TypeDeclaration::asOf)
                .filter(AsOfGrade.COARSE::equals)
                .isPresent();
    }

    private Optional<TypeDeclaration> declared(LinkDraft link, String system) {
        return planning.rules
                .system(system)
                .flatMap(known -> known.declaration().type(link.type()));
    }

    /**
     * A written reference stands for the link that its id was looked up for, whatever is agreed by now; where that id is not
     * known any more, for what was agreed when it was sent.
     */
    private void landReferences(LinkDraft link, String system, InFlight flight, Map<RecordRef, String> references) {
        SideDraft side = link.side(system);
        for (Field field : fields(link, system, flight)) {
            if (field.target() == null) {
                continue;
            }
            Agreed agreed = link.agreed.get(field.name());
            String meant = agreed != null
                            && agreed.seq() <= flight.seq()
                            && agreed.value() instanceof Value.Reference reference
                    ? reference.link()
                    : null;
            planning.carrying(system, link.type(), field)
                    .ifPresent(mapped -> planning.lenses()
                            .slotsOf(mapped, field)
                            .forEach(slot -> side.seen.computeIfPresent(
                                    slot, (name, seen) -> landed(system, mapped, seen, references, meant))));
        }
    }

    private Seen landed(
            String system, FieldMapping mapped, Seen seen, Map<RecordRef, String> references, @Nullable String meant) {
        Map<String, String> links = new TreeMap<>();
        for (RecordRef named : planning.lenses().named(system, mapped, seen.raw())) {
            String link = references.getOrDefault(named, meant);
            if (link != null) {
                links.put(named.id(), link);
            }
        }
        return seen.standingFor(links);
    }

    private SortedSet<Field> fields(LinkDraft link, String system, InFlight flight) {
        Carriage carriage = link.rules.at(system);
        return carriage == null
                ? new TreeSet<>()
                : carriage.fields(flight.slots().keySet());
    }

    private void rejected(LinkDraft link, String system, SideDraft side, InFlight flight, Outcome.Rejected rejected) {
        if (rejected.kind() == Outcome.Rejection.NOT_FOUND && !flight.create()) {
            side.want(Reason.NOT_VISIBLE, planning.seq);
            planning.decided(link, system, Reason.REFUSED);
            return;
        }
        if (flight.archive()) {
            partings.refused(link, system);
            return;
        }
        SortedSet<Field> faulty = faulty(link, system, flight, rejected);
        boolean without = rejected.kind() == Outcome.Rejection.UNIQUE
                && !faulty.isEmpty()
                && faulty.stream().allMatch(field -> doesWithout(link, field));
        boolean unique = rejected.kind() == Outcome.Rejection.UNIQUE && !without;
        if (flight.create() && unique && side.held == Reason.MATCH_REVIEW) {
            planning.decided(link, system, Reason.DUPLICATE_REVIEW);
            return;
        }
        if (flight.create() && (unique || faulty.isEmpty() || required(link, system, faulty))) {
            side.held = constraint(rejected.kind());
            planning.ask(link, system, null, side.held, null);
            planning.decided(link, system, side.held);
            return;
        }
        SortedSet<Field> refused = faulty.isEmpty() ? fields(link, system, flight) : faulty;
        for (Field field : refused) {
            Reason reason = without ? Reason.REFUSED_TAKEN : constraint(rejected.kind());
            side.standings.put(field.name(), Standing.of(unique ? Stance.HELD : Stance.REFUSED, reason, planning.seq));
            if (unique) {
                planning.ask(link, system, field, reason, planning.held(link, system, field));
            }
            planning.decided(link, system, field, reason, null, null, link.agreed(field));
        }
    }

    /** The constraint that a refusal tells of. */
    private static Reason constraint(Outcome.Rejection kind) {
        return switch (kind) {
            case UNIQUE -> Reason.DUPLICATE_REVIEW;
            case NOT_AN_OPTION -> Reason.REFUSED_OPTION;
            case TOO_LONG -> Reason.REFUSED_LENGTH;
            case REQUIRED -> Reason.REFUSED_REQUIRED;
            case MISSING_PARENT -> Reason.REFUSED_PARENT;
            case READ_ONLY -> Reason.REFUSED_READ_ONLY;
            case INVALID, NOT_FOUND, FORBIDDEN, KEY_REUSED -> Reason.REFUSED;
        };
    }

    private SortedSet<Field> faulty(LinkDraft link, String system, InFlight flight, Outcome.Rejected rejected) {
        String property = rejected.property();
        if (property == null) {
            return new TreeSet<>();
        }
        Optional<Mapping> mapping = planning.mapping(system, link.type());
        SortedSet<String> slots = new TreeSet<>(flight.slots().keySet());
        slots.removeIf(slot -> !slot.equals(property) && !slot.startsWith(property + "/"));
        return mapping.map(known -> planning.lenses().fieldsOf(known, slots)).orElseGet(TreeSet::new);
    }

    private boolean doesWithout(LinkDraft link, Field field) {
        return planning.rules
                .policy()
                .field(link.type(), field)
                .filter(policy -> policy.onTaken() == OnTaken.WITHOUT)
                .isPresent();
    }

    private boolean required(LinkDraft link, String system, SortedSet<Field> fields) {
        return planning.mapping(system, link.type())
                .map(mapping -> mapping.required().stream().anyMatch(fields::contains))
                .orElse(false);
    }

    private void unknown(LinkDraft link, String system, SideDraft side, InFlight flight) {
        planning.decided(link, system, Reason.OUTCOME_UNKNOWN);
        flight.slots().forEach((slot, raw) -> side.remember(slot, new Sent(raw, null, flight.at())));
        if (!flight.create()) {
            side.inFlight = flight.outcomeUnknown();
            side.want(Reason.OUTCOME_UNKNOWN, planning.seq);
            return;
        }
        CreateLookup lookup =
                declared(link, system).map(TypeDeclaration::createLookup).orElse(new CreateLookup.None());
        // A key that has become known since was not sent, and finds nothing that was made without it.
        boolean keyed = flight.joinKey() != null;
        if (lookup instanceof CreateLookup.UniqueUpsert && keyed) {
            side.inFlight = null;
        } else if (lookup instanceof CreateLookup.Lookup && keyed) {
            side.inFlight = flight.outcomeUnknown();
        } else if (lookup instanceof CreateLookup.IdempotencyKey key
                && flight.idempotencyKey() != null
                && alive(flight, key.ttl())) {
            side.inFlight = flight.outcomeUnknown();
        } else {
            side.inFlight = null;
            side.held = Reason.CREATE_REVIEW;
            planning.ask(link, system, null, Reason.CREATE_REVIEW, null);
            planning.decided(link, system, Reason.CREATE_REVIEW);
        }
    }

    private boolean alive(InFlight flight, Duration ttl) {
        return flight.at().plus(ttl).isAfter(planning.at);
    }

    /** A look-up found nothing: after two beyond the declared lag the create is taken not to have happened. */
    void absent(LinkDraft link, String system, SideDraft side, InFlight flight) {
        Duration lag = declared(link, system)
                .map(TypeDeclaration::createLookup)
                .filter(CreateLookup.Lookup.class::isInstance)
                .map(lookup -> ((CreateLookup.Lookup) lookup).lag())
                .orElse(Duration.ZERO);
        if (flight.at().plus(lag).isAfter(planning.at)) {
            return;
        }
        InFlight once = flight.absentOnceMore();
        side.inFlight = once.absences() < ABSENCES ? once : null;
        if (side.inFlight == null) {
            planning.decided(link, system, Reason.NOT_CREATED);
        }
    }

    private static final int ABSENCES = 2;
}
