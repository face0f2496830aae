package dev.crmsync.planning;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one event says of one field: told slot by slot whether it is news, old, known, our own, or not yet clear; and real
 * edits handed to the field's rule.
 */
final class FieldNews {
    private final Planning planning;
    private final Deciding deciding;
    private final LinkDraft link;
    private final SideDraft side;
    private final ChangeEvent event;
    private final String system;
    private final Field field;
    private final Carried carried;
    private final FieldMapping mapped;
    private final Frozen<NativeValue> slots;
    private final boolean supersedes;
    private final Map<RecordRef, String> references;
    private final Replacements wholes;

    /** What is given in each of the field's slots, null where nothing is. */
    private final @Nullable NativeValue[] given;

    /** Whether every slot was seen before. */
    private boolean seenWhole = true;

    /** What each of them is, null where nothing is given. */
    private final @Nullable News[] news;

    /** What one slot of an event is, held against what was last seen and what was sent. */
    private enum News {
        FIRST,
        SAME,
        AMBIGUOUS,
        STALE,
        UNORDERED,
        /** What is being sent, of a minute that does not tell whether it was there before: no proof that it arrived. */
        LIKENESS,
        ECHO,
        /** What our own whole carried: it was written over an edit that nobody had told of when it was sent. */
        WRITTEN_OVER,
        EDIT
    }

    FieldNews(
            Planning planning,
            Deciding deciding,
            LinkDraft link,
            SideDraft side,
            ChangeEvent event,
            Carried carried,
            Frozen<NativeValue> slots,
            boolean supersedes,
            Map<RecordRef, String> references) {
        this.planning = planning;
        this.deciding = deciding;
        this.link = link;
        this.side = side;
        this.event = event;
        this.system = event.ref().system();
        this.field = carried.field();
        this.carried = carried;
        this.mapped = carried.mapped();
        this.slots = slots;
        this.supersedes = supersedes;
        this.references = references;
        this.wholes = new Replacements(side);
        this.given = new NativeValue[carried.slots().size()];
        this.news = new News[given.length];
    }

    private void classify() {
        for (int i = 0; i < given.length; i++) {
            String slot = carried.slots().get(i);
            NativeValue raw = slots.get(slot, carried.place(i));
            Seen seen = side.seen.get(slot, carried.place(i));
            seenWhole &= seen != null;
            given[i] = raw;
            news[i] = raw == null ? null : classify(slot, raw, seen);
        }
    }

    /** Whether the news of any slot is of a kind. */
    private boolean any(News kind) {
        for (News one : news) {
            if (one == kind) {
                return true;
            }
        }
        return false;
    }

    /** Whether every slot is given. */
    private boolean givenWhole() {
        for (NativeValue raw : given) {
            if (raw == null) {
                return false;
            }
        }
        return true;
    }

    private News classify(String slot, NativeValue raw, @Nullable Seen seen) {
        if (seen == null) {
            return ours(slot, raw) ? News.ECHO : first();
        }
        AsOf.Order order = supersedes ? AsOf.Order.AFTER : event.asOf().compare(lastSeen(seen));
        if (raw.equals(seen.raw())) {
            if (!seen.links().keySet().containsAll(linksOf(raw).keySet())) {
                // The same ids, and only now is it known whose they are.
                return ours(slot, raw) ? News.ECHO : News.FIRST;
            }
            // What we are sending may be shown so: then it has arrived, and nobody restored what was there before.
            boolean unconfirmed =
                    side.inFlight != null && differs(side.inFlight.slots().get(slot), raw) && !beingSent(slot, raw);
            return unconfirmed && !supersedes && order != AsOf.Order.BEFORE ? News.AMBIGUOUS : News.SAME;
        }
        return switch (order) {
            case BEFORE -> News.STALE;
            case UNORDERED -> beingSent(slot, raw) ? coarse() ? News.LIKENESS : News.ECHO : News.UNORDERED;
            // A value that was written and not shown since may be shown in another way now.
            case AFTER ->
                writtenOver(slot, raw)
                        ? News.WRITTEN_OVER
                        : ours(slot, raw) || planning.lenses().explains(mapped, seen.raw(), raw)
                                ? News.ECHO
                                : News.EDIT;
        };
    }

    /** Whether an edit that was agreed is gone because our own whole, which did not know of it, was laid over it. */
    private boolean writtenOver(String slot, NativeValue raw) {
        NativeValue carries = wholes.carried(mapped, slot, event.asOf(), supersedes);
        return carries != null
                && planning.shows(system, mapped, field, slot, carries, raw)
                && planning.equivalent(field, planning.held(link, system, side, carried), link.agreed(field));
    }

    private boolean coarse() {
        return planning.rules
                .system(system)
                .flatMap(known -> known.declaration().type(link.type()))
                .filter(type -> type.asOf() == AsOfGrade.COARSE)
                .isPresent();
    }

    /** A key that is not there was last seen so when the whole bag was last seen without it. */
    private AsOf lastSeen(Seen seen) {
        Seen whole = seen.raw().equals(NativeValue.EMPTY) ? whole() : null;
        return whole != null && whole.asOf().compare(seen.asOf()) == AsOf.Order.AFTER ? whole.asOf() : seen.asOf();
    }

    /** A key that was never seen is news only when it is later than the bag that was seen without it. */
    private News first() {
        Seen whole = whole();
        if (whole == null) {
            return News.FIRST;
        }
        return switch (supersedes ? AsOf.Order.AFTER : event.asOf().compare(whole.asOf())) {
            case BEFORE -> News.STALE;
            case UNORDERED -> News.UNORDERED;
            // It was added there. Where others have agreed on a value meanwhile, that is an edit like any other.
            case AFTER -> link.agreed(field) == null ? News.FIRST : News.EDIT;
        };
    }

    /** When the bag that carries the field was last seen whole, or null when it never was, or the field is in none. */
    private @Nullable Seen whole() {
        return mapped.lens() instanceof Lens.BagOf bag ? side.seen.get(bag.property()) : null;
    }

    private boolean differs(@Nullable NativeValue sent, NativeValue raw) {
        return sent != null && !sent.equals(raw);
    }

    private boolean beingSent(String slot, NativeValue raw) {
        NativeValue sent = side.inFlight == null ? null : side.inFlight.slots().get(slot);
        return sent != null && planning.shows(system, mapped, field, slot, sent, raw) && !contradicted();
    }

    /** Whether another part of the value is told, and is not what is being sent: all parts of a value go together. */
    private boolean contradicted() {
        InFlight flight = side.inFlight;
        return flight != null
                && carried.slots().size() > 1
                && carried.slots().stream().anyMatch(slot -> {
                    NativeValue sent = flight.slots().get(slot);
                    NativeValue told = slots.get(slot);
                    return sent != null && told != null && !planning.shows(system, mapped, field, slot, sent, told);
                });
    }

    private boolean ours(String slot, NativeValue raw) {
        return beingSent(slot, raw) || sentAs(slot, raw) != null && !sentOtherwise();
    }

    /** Whether another part of the value is told, and is none of those that were sent with this one. */
    private boolean sentOtherwise() {
        if (given.length == 1) {
            return false;
        }
        for (String slot : carried.slots()) {
            NativeValue told = slots.get(slot);
            if (told != null && side.sent.containsKey(slot) && sentAs(slot, told) == null) {
                return true;
            }
        }
        return false;
    }

    /** What was sent last that a slot may show so; null when nothing was. */
    private @Nullable NativeValue sentAs(String slot, NativeValue raw) {
        List<Sent> values = side.sent.getOrDefault(slot, List.of());
        for (int i = values.size() - 1; i >= 0; i--) {
            if (planning.shows(system, mapped, field, slot, values.get(i), raw)) {
                return values.get(i).raw();
            }
        }
        return null;
    }

    /**
     * Whether one part of a joined value was edited and another is not told, or not for certain. It may have been edited
     * as well, and what would be put together is a value that nobody ever entered.
     */
    private boolean torn() {
        boolean told = givenWhole() && !any(News.UNORDERED) && !any(News.AMBIGUOUS) && !any(News.STALE);
        return any(News.EDIT) && !told && !supersedes && mapped.access().readable() == Access.Readable.BY_READ;
    }

    void settle() {
        classify();
        if (torn()) {
            side.want(Reason.PARTIAL, planning.seq);
            report(Reason.PARTIAL, null);
            return;
        }
        boolean edited = any(News.EDIT);
        boolean first = any(News.FIRST);
        boolean echoed = any(News.ECHO) || any(News.LIKENESS);
        boolean unclear = any(News.UNORDERED);
        boolean ambiguous = any(News.AMBIGUOUS);
        Value held = (edited || first) && seenWhole ? planning.held(link, system, side, carried) : null;
        if (held == null && edited && whole() != null) {
            held = Value.EMPTY;
        }
        Value made = first && held == null ? lastSent(Map.of()) : null;
        Value sent = edited && held != null ? lastSent(flying()) : null;
        Map<String, NativeValue> rawBefore = edited && carried.lossy() ? new TreeMap<>(side.raw()) : Map.of();
        if (edited && arrived()) {
            settleFlight();
        }
        for (int i = 0; i < given.length; i++) {
            take(carried.slots().get(i), carried.place(i), given[i], news[i]);
        }
        if (unclear) {
            side.want(Reason.UNORDERED, planning.seq);
        } else if (ambiguous) {
            side.want(Reason.AMBIGUOUS, planning.seq);
        }
        Value now = planning.held(link, system, side, carried);
        if (edited || first && now != null && !now.isBlank() && !answersOurCreate()) {
            new Partings(planning).edited(link, system, event.asOf(), now);
        }
        if (edited || first) {
            if (now == null) {
                side.want(Reason.PARTIAL, planning.seq);
                report(Reason.PARTIAL, null);
            } else if (held == null && made != null) {
                new OurRecords(planning).joinedSet(link, system, field, event.asOf(), made, now);
            } else if (held == null) {
                deciding.joined(link, system, field, event.asOf(), now);
            } else {
                edit(sent == null ? held : SetParts.arrived(planning, link, field, held, sent, now), now, rawBefore);
            }
        } else if (unclear) {
            report(Reason.UNORDERED, null);
        } else if (any(News.WRITTEN_OVER)) {
            report(Reason.WRITTEN_OVER, now);
        } else if (any(News.ECHO) && now != null && !now.isBlank() && link.agreed(field) == null) {
            // Sent for a link that this one took over, and led here by the system: nobody has agreed on it in this one.
            deciding.joined(link, system, field, event.asOf(), now);
        } else if (echoed) {
            report(rendered() ? Reason.ECHO_RENDERED : Reason.ECHO, now);
            Value agreed = link.agreed(field);
            if (now != null && agreed != null && shownOtherwise(agreed, side.raw())) {
                new Rendered(planning).shown(link, system, field, event.asOf(), now);
            }
        } else if (ambiguous) {
            report(Reason.AMBIGUOUS, now);
        } else {
            boolean stale = any(News.STALE);
            report(stale ? Reason.STALE : Reason.UNCHANGED, stale ? said() : now);
        }
    }

    /**
     * The set that we may have given the record last: what is being sent, else what was. Null for other fields, and when nothing of
     * the kind was sent.
     */
    private @Nullable Value lastSent(Map<String, NativeValue> flying) {
        if (!field.type().isSet()) {
            return null;
        }
        Map<String, NativeValue> sent = new TreeMap<>();
        for (String slot : carried.slots()) {
            List<Sent> values = side.sent.getOrDefault(slot, List.of());
            if (flying.containsKey(slot)) {
                sent.put(slot, flying.get(slot));
            } else if (!values.isEmpty()) {
                sent.put(slot, values.get(values.size() - 1).raw());
            }
        }
        return sent.keySet().containsAll(carried.slots())
                ? planning.lenses().get(system, mapped, field, sent, references::get)
                : null;
    }

    private Map<String, NativeValue> flying() {
        return side.inFlight == null ? Map.of() : side.inFlight.slots();
    }

    /** What a record shows besides what we made it of is no edit. */
    private boolean answersOurCreate() {
        return side.inFlight != null && side.inFlight.create();
    }

    /** What the event itself says of the field; null when a part of it is not known. */
    private @Nullable Value said() {
        Map<String, NativeValue> whole = new TreeMap<>(side.raw());
        for (int i = 0; i < given.length; i++) {
            NativeValue raw = given[i];
            if (raw != null) {
                whole.put(carried.slots().get(i), raw);
            }
        }
        return planning.lenses().get(system, mapped, field, whole, Planning.references(mapped, side.seen));
    }

    private boolean rendered() {
        for (int i = 0; i < given.length; i++) {
            NativeValue raw = given[i];
            if (news[i] == News.ECHO
                    && raw != null
                    && changedOnTheWay(carried.slots().get(i), raw) != null) {
                return true;
            }
        }
        return false;
    }

    /** What is being sent to a slot and is shown otherwise there; null when nothing is, or something else is shown. */
    private @Nullable NativeValue changedOnTheWay(String slot, NativeValue shown) {
        NativeValue sent = side.inFlight == null ? null : side.inFlight.slots().get(slot);
        return sent != null && !sent.equals(shown) && beingSent(slot, shown) ? sent : null;
    }

    /** Takes a slot's raw value over into what was last seen, as far as it is news. */
    private void take(String slot, int place, @Nullable NativeValue raw, @Nullable News what) {
        if (raw == null || what == null) {
            return;
        }
        switch (what) {
            case FIRST, ECHO, WRITTEN_OVER, EDIT -> {
                if (what == News.FIRST || what == News.EDIT) {
                    if (wholes.overlay(mapped, slot, event.asOf(), supersedes)) {
                        side.want(Reason.AMBIGUOUS, planning.seq);
                    }
                } else {
                    wholes.settle(mapped, slot);
                }
                side.seen.put(slot, new Seen(raw, asOf(slot, what), linksOf(raw)));
                if (what == News.FIRST || what == News.EDIT) {
                    // Somebody wrote after us, whether or not we had seen anything there before.
                    side.sent.remove(slot);
                }
                if (what == News.ECHO) {
                    rememberRendering(slot, raw);
                    NativeValue sent = sentAs(slot, raw);
                    if (sent != null) {
                        side.outlive(slot, sent);
                    }
                }
            }
            case SAME -> side.seenAgain(side.seen.indexOf(slot, place), event.asOf());
            case AMBIGUOUS, STALE, UNORDERED, LIKENESS -> {
                // Nothing is known for certain that was not known before.
            }
        }
    }

    /** Whether all that is being sent of the field was seen there: a part that was so before tells nothing. */
    private boolean arrived() {
        InFlight flight = side.inFlight;
        if (flight == null || flight.create()) {
            return false;
        }
        boolean any = false;
        for (int i = 0; i < given.length; i++) {
            String slot = carried.slots().get(i);
            NativeValue sent = flight.slots().get(slot);
            Seen seen = side.seen.get(slot, carried.place(i));
            if (sent != null && (seen == null || !planning.shows(system, mapped, field, slot, sent, seen.raw()))) {
                return false;
            }
            any |= sent != null;
        }
        return any;
    }

    /** What we are sending had arrived, and was edited since: when a part of it is shown again that was changed, it is not our doing. */
    private void settleFlight() {
        for (int i = 0; i < given.length; i++) {
            InFlight flight = side.inFlight;
            if (flight != null && news[i] == News.EDIT) {
                side.inFlight = flight.settled(carried.slots().get(i));
            }
        }
    }

    /** To learn only now whose an id is does not make it older than it was seen to be. */
    private AsOf asOf(String slot, News what) {
        Seen seen = side.seen.get(slot);
        boolean older = seen != null && event.asOf().compare(seen.asOf()) == AsOf.Order.BEFORE;
        return seen != null && what != News.EDIT && !supersedes && older ? seen.asOf() : event.asOf();
    }

    private void rememberRendering(String slot, NativeValue shown) {
        NativeValue sent = changedOnTheWay(slot, shown);
        if (sent != null) {
            side.remember(slot, new Sent(sent, shown, planning.at));
        }
    }

    /** The links that the ids in a slot stand for, as far as they are known. */
    private Map<String, String> linksOf(NativeValue raw) {
        if (field.target() == null) {
            return Map.of();
        }
        Map<String, String> links = new TreeMap<>();
        for (RecordRef named : planning.lenses().named(system, mapped, raw)) {
            String link = references.get(named);
            if (link != null) {
                links.put(named.id(), link);
            }
        }
        return links;
    }

    private void edit(Value held, Value now, Map<String, NativeValue> rawBefore) {
        Value value = now;
        Value agreed = link.agreed(field);
        if (carried.lossy() && agreed != null && shownOtherwise(agreed, rawBefore)) {
            Value spliced = planning.lenses().splice(mapped, field, agreed, held, now);
            if (spliced == null) {
                deciding.hold(link, system, field, Reason.LOSSY_REVIEW, event.asOf(), now);
                return;
            }
            value = spliced;
            planning.decided(link, system, field, Reason.SPLICED, event.asOf(), now, agreed);
        }
        deciding.edited(link, system, field, event, held, value);
    }

    /** Whether what a system shows is a declared rendering of the agreed value, and not that value. */
    private boolean shownOtherwise(Value agreed, Map<String, NativeValue> raw) {
        // But for a code that is blank, nothing is explained where nothing is declared.
        if (mapped.renderings().isEmpty() && !(mapped.lens() instanceof Lens.Coded)) {
            return false;
        }
        Map<String, NativeValue> whole = planning.lenses().put(mapped, field, agreed, Map.of(), link -> null);
        return whole != null
                && whole.entrySet().stream().anyMatch(slot -> {
                    NativeValue shown = raw.get(slot.getKey());
                    return shown != null
                            && !shown.equals(slot.getValue())
                            && planning.lenses().explains(mapped, slot.getValue(), shown);
                });
    }

    private void report(Reason reason, @Nullable Value saw) {
        planning.left(link, system, side, carried, reason, event.asOf(), saw, link.agreed(field));
    }
}
