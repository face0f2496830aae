package dev.crmsync.planning;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what a system says of a record: tells news from what is old, known, our own, or not yet clear, and hands real
 * edits to the field's rule.
 */
final class Observing {
    private final Planning planning;
    private final Deciding deciding;

    Observing(Planning planning) {
        this.planning = planning;
        this.deciding = new Deciding(planning);
    }

    /** What one slot of an event is, held against what was last seen and what was sent. */
    private enum News {
        FIRST,
        SAME,
        AMBIGUOUS,
        STALE,
        UNORDERED,
        ECHO,
        EDIT
    }

    /**
     * Takes in an event.
     *
     * @param supersedes whether the event is known to be later than all that was seen before, whatever its as-of says
     */
    void observe(LinkDraft link, ChangeEvent event, boolean supersedes, Map<RecordRef, String> references) {
        String system = event.ref().system();
        SideDraft side = link.side(system);
        if (link.erased) {
            planning.decided(link, system, Reason.ERASED, event.asOf());
            return;
        }
        if (!event.ref().id().equals(side.record)) {
            planning.decided(link, system, Reason.SECONDARY, event.asOf());
            return;
        }
        Side before = side.freeze();
        switch (event.kind()) {
            case UPSERT -> upsert(link, event, supersedes, references);
            case RESTORE -> {
                appear(link, system, side);
                side.want(Reason.BACK, planning.seq);
            }
            case GAP -> side.want(Reason.GAP, planning.seq);
            case DELETE -> vanish(link, event, Presence.DELETED);
            case ARCHIVE -> vanish(link, event, Presence.ARCHIVED);
            case NOT_VISIBLE -> lost(link, system, side, Presence.NOT_VISIBLE, Reason.NOT_VISIBLE, event.asOf());
            case MERGE, CONVERT -> side.want(Reason.REKEYED, planning.seq);
        }
        // To want a read that is wanted already changes nothing, and yet one that is under way is too old an answer.
        if (side.asked || !side.is(before)) {
            side.lastInput = planning.seq;
        }
    }

    private void appear(LinkDraft link, String system, SideDraft side) {
        if (side.presence != Presence.PRESENT) {
            boolean returned = side.presence != Presence.MENTIONED && side.presence != Presence.NONE;
            side.presence = Presence.PRESENT;
            if (returned) {
                planning.decided(link, system, Reason.BACK);
            }
        }
    }

    /** A deletion that may be older than what was seen since is checked by a read. */
    private void vanish(LinkDraft link, ChangeEvent event, Presence gone) {
        String system = event.ref().system();
        SideDraft side = link.side(system);
        boolean later =
                side.seen.values().stream().allMatch(seen -> event.asOf().compare(seen.asOf()) == AsOf.Order.AFTER);
        if (later) {
            lost(link, system, side, gone, Reason.GONE, event.asOf());
        } else {
            side.want(Reason.UNORDERED, planning.seq);
        }
    }

    void lost(
            LinkDraft link, String system, SideDraft side, Presence presence, Reason reason, @Nullable AsOf asOf) {
        if (side.presence != presence) {
            side.presence = presence;
            planning.decided(link, system, reason, asOf);
        }
        side.wanted = null;
        side.inFlight = null;
    }

    private void upsert(LinkDraft link, ChangeEvent event, boolean supersedes, Map<RecordRef, String> references) {
        String system = event.ref().system();
        SideDraft side = link.side(system);
        boolean wasGone = side.presence == Presence.ARCHIVED
                || side.presence == Presence.DELETED
                || side.presence == Presence.NOT_VISIBLE;
        if (wasGone && !supersedes && event.evidence() != Evidence.LISTING && event.evidence() != Evidence.READ) {
            side.want(Reason.BACK, planning.seq);
            planning.decided(link, system, Reason.GONE, event.asOf());
            return;
        }
        boolean part = event.evidence() == Evidence.EVENT && !event.full();
        if (side.presence == Presence.MENTIONED && !supersedes && part) {
            // The rest may say whose record it is, and what is made elsewhere of a part alone is made for good.
            side.want(Reason.UNIDENTIFIED, planning.seq);
            planning.decided(link, system, Reason.UNIDENTIFIED, event.asOf());
            return;
        }
        appear(link, system, side);
        Optional<Mapping> mapping = planning.mapping(system, link.type());
        if (mapping.isEmpty()) {
            return;
        }
        Map<String, NativeValue> slots = slots(mapping.get(), event, side);
        Map<String, Seen> wholes = wholes(mapping.get(), event, side, supersedes);
        for (Field field : planning.lenses().fieldsOf(mapping.get(), slots.keySet())) {
            mapping.get()
                    .carrying(field)
                    .ifPresent(mapped ->
                            new FieldNews(link, side, event, field, mapped, slots, supersedes, references).settle());
        }
        side.seen.putAll(wholes);
    }

    /** When each bag that the event gives whole was last seen so: keys that it lacks were not there then. */
    private Map<String, Seen> wholes(Mapping mapping, ChangeEvent event, SideDraft side, boolean supersedes) {
        Map<String, Seen> wholes = new TreeMap<>();
        for (FieldMapping mapped : mapping.fields()) {
            if (mapped.lens() instanceof Lens.BagOf bag
                    && event.properties().containsKey(bag.property())
                    && event.evidence() != Evidence.INDEX) {
                Seen before = side.seen.get(bag.property());
                if (before == null || supersedes || event.asOf().compare(before.asOf()) == AsOf.Order.AFTER) {
                    wholes.put(bag.property(), new Seen(NativeValue.EMPTY, event.asOf()));
                }
            }
        }
        return wholes;
    }

    /** The event's slots, with keys that vanished from a bag that is given whole as empty. */
    private Map<String, NativeValue> slots(Mapping mapping, ChangeEvent event, SideDraft side) {
        Map<String, NativeValue> slots = new TreeMap<>(planning.lenses().slots(mapping, event.properties()));
        if (event.evidence() == Evidence.INDEX) {
            return slots;
        }
        for (FieldMapping mapped : mapping.fields()) {
            if (mapped.lens() instanceof Lens.BagOf bag && event.properties().containsKey(bag.property())) {
                String prefix = bag.property() + "/";
                side.seen.forEach((slot, seen) -> {
                    if (slot.startsWith(prefix) && !seen.raw().equals(NativeValue.EMPTY)) {
                        slots.putIfAbsent(slot, NativeValue.EMPTY);
                    }
                });
            }
        }
        return slots;
    }

    /** One field of one event. */
    private final class FieldNews {
        private final LinkDraft link;
        private final SideDraft side;
        private final ChangeEvent event;
        private final String system;
        private final Field field;
        private final FieldMapping mapped;
        private final boolean supersedes;
        private final Map<RecordRef, String> references;
        private final TreeMap<String, NativeValue> given = new TreeMap<>();
        private final TreeMap<String, News> news = new TreeMap<>();

        FieldNews(
                LinkDraft link,
                SideDraft side,
                ChangeEvent event,
                Field field,
                FieldMapping mapped,
                Map<String, NativeValue> slots,
                boolean supersedes,
                Map<RecordRef, String> references) {
            this.link = link;
            this.side = side;
            this.event = event;
            this.system = event.ref().system();
            this.field = field;
            this.mapped = mapped;
            this.supersedes = supersedes;
            this.references = references;
            for (String slot : planning.lenses().slotsOf(mapped, field)) {
                NativeValue raw = slots.get(slot);
                if (raw != null) {
                    given.put(slot, raw);
                    news.put(slot, classify(slot, raw));
                }
            }
        }

        private News classify(String slot, NativeValue raw) {
            Seen seen = side.seen.get(slot);
            if (seen == null) {
                return ours(slot, raw) ? News.ECHO : first();
            }
            AsOf.Order order = supersedes ? AsOf.Order.AFTER : event.asOf().compare(lastSeen(seen));
            if (raw.equals(seen.raw())) {
                if (seen.link() == null && linkOf(raw) != null) {
                    // The same id, and only now is it known whose it is.
                    return News.FIRST;
                }
                boolean unconfirmed =
                        side.inFlight != null && differs(side.inFlight.slots().get(slot), raw);
                return unconfirmed && !supersedes && order != AsOf.Order.BEFORE ? News.AMBIGUOUS : News.SAME;
            }
            return switch (order) {
                case BEFORE -> News.STALE;
                case UNORDERED -> beingSent(slot, raw) ? News.ECHO : News.UNORDERED;
                // A value that was written and not shown since may be shown in another way now.
                case AFTER ->
                    ours(slot, raw) || planning.lenses().explains(mapped, seen.raw(), raw) ? News.ECHO : News.EDIT;
            };
        }

        /** A key that is not there was last seen so when the whole bag was last seen without it. */
        private AsOf lastSeen(Seen seen) {
            boolean gone = seen.raw().equals(NativeValue.EMPTY);
            Seen whole = gone && mapped.lens() instanceof Lens.BagOf bag ? side.seen.get(bag.property()) : null;
            boolean since = whole != null && whole.asOf().compare(seen.asOf()) == AsOf.Order.AFTER;
            return since ? whole.asOf() : seen.asOf();
        }

        /** A key that was never seen is news only when it is later than the bag that was seen without it. */
        private News first() {
            Seen whole = mapped.lens() instanceof Lens.BagOf bag ? side.seen.get(bag.property()) : null;
            if (whole == null || supersedes) {
                return News.FIRST;
            }
            return switch (event.asOf().compare(whole.asOf())) {
                case BEFORE -> News.STALE;
                case UNORDERED -> News.UNORDERED;
                case AFTER -> News.FIRST;
            };
        }

        private boolean differs(@Nullable NativeValue sent, NativeValue raw) {
            return sent != null && !sent.equals(raw);
        }

        private boolean beingSent(String slot, NativeValue raw) {
            NativeValue sent =
                    side.inFlight == null ? null : side.inFlight.slots().get(slot);
            return sent != null && (sent.equals(raw) || planning.lenses().explains(mapped, sent, raw));
        }

        private boolean ours(String slot, NativeValue raw) {
            return beingSent(slot, raw) || sentAs(slot, raw).isPresent();
        }

        /** What was sent last that a slot may show so. */
        private Optional<NativeValue> sentAs(String slot, NativeValue raw) {
            return side.sent.getOrDefault(slot, List.of()).stream()
                    .filter(sent -> sent.raw().equals(raw)
                            || raw.equals(sent.shown())
                            || planning.lenses().explains(mapped, sent.raw(), raw))
                    .map(Sent::raw)
                    .reduce((earlier, later) -> later);
        }

        /**
         * Whether one part of a joined value was edited and another is not told, or not for certain. It may have been edited
         * as well, and what would be put together is a value that nobody ever entered.
         */
        private boolean torn() {
            boolean told = given.keySet().containsAll(planning.lenses().slotsOf(mapped, field))
                    && !news.containsValue(News.UNORDERED)
                    && !news.containsValue(News.AMBIGUOUS)
                    && !news.containsValue(News.STALE);
            return news.containsValue(News.EDIT)
                    && !told
                    && !supersedes
                    && mapped.access().readable() == Access.Readable.BY_READ;
        }

        void settle() {
            if (torn()) {
                side.want(Reason.PARTIAL, planning.seq);
                report(Reason.PARTIAL, null);
                return;
            }
            boolean edited = news.containsValue(News.EDIT);
            boolean first = news.containsValue(News.FIRST);
            boolean echoed = news.containsValue(News.ECHO);
            boolean unclear = news.containsValue(News.UNORDERED);
            boolean ambiguous = news.containsValue(News.AMBIGUOUS);
            Value held = edited || first ? planning.held(link, system, field) : null;
            Map<String, NativeValue> rawBefore = edited && mapped.lossy() ? new TreeMap<>(side.raw()) : Map.of();
            news.forEach(this::take);
            if (unclear) {
                side.want(Reason.UNORDERED, planning.seq);
            } else if (ambiguous) {
                side.want(Reason.AMBIGUOUS, planning.seq);
            }
            Value now = planning.held(link, system, field);
            if (edited || first) {
                if (now == null) {
                    side.want(Reason.PARTIAL, planning.seq);
                    report(Reason.PARTIAL, null);
                } else if (held == null) {
                    deciding.joined(link, system, field, event.asOf(), now);
                } else {
                    edit(held, now, rawBefore);
                }
            } else if (unclear) {
                report(Reason.UNORDERED, null);
            } else if (echoed) {
                report(news.entrySet().stream().anyMatch(this::rendered) ? Reason.ECHO_RENDERED : Reason.ECHO, now);
            } else if (ambiguous) {
                report(Reason.AMBIGUOUS, now);
            } else {
                boolean stale = news.containsValue(News.STALE);
                report(stale ? Reason.STALE : Reason.UNCHANGED, stale ? said() : now);
            }
        }

        /** What the event itself says of the field; null when a part of it is not known. */
        private @Nullable Value said() {
            Map<String, NativeValue> whole = new TreeMap<>(side.raw());
            whole.putAll(given);
            return planning.lenses().get(system, mapped, field, whole, Planning.references(side.seen));
        }

        private boolean rendered(Map.Entry<String, News> slot) {
            NativeValue sent =
                    side.inFlight == null ? null : side.inFlight.slots().get(slot.getKey());
            return slot.getValue() == News.ECHO && sent != null && !sent.equals(given.get(slot.getKey()));
        }

        /** Takes a slot's raw value over into what was last seen, as far as it is news. */
        private void take(String slot, News what) {
            NativeValue raw = given.get(slot);
            if (raw == null) {
                return;
            }
            switch (what) {
                case FIRST, ECHO, EDIT -> {
                    side.seen.put(slot, new Seen(raw, asOf(slot, what), linkOf(raw)));
                    if (what == News.EDIT) {
                        side.sent.remove(slot);
                    }
                    if (what == News.ECHO) {
                        rememberRendering(slot, raw);
                        sentAs(slot, raw).ifPresent(sent -> side.outlive(slot, sent));
                    }
                }
                case SAME -> {
                    Seen seen = side.seen.get(slot);
                    if (seen != null && event.asOf().compare(seen.asOf()) == AsOf.Order.AFTER) {
                        side.seen.put(slot, new Seen(raw, event.asOf(), seen.link()));
                    }
                }
                case AMBIGUOUS, STALE, UNORDERED -> {
                    // Nothing is known for certain that was not known before.
                }
            }
        }

        /** To learn only now whose an id is does not make it older than it was seen to be. */
        private AsOf asOf(String slot, News what) {
            Seen seen = side.seen.get(slot);
            boolean older = seen != null && event.asOf().compare(seen.asOf()) == AsOf.Order.BEFORE;
            return seen != null && what == News.FIRST && !supersedes && older ? seen.asOf() : event.asOf();
        }

        private void rememberRendering(String slot, NativeValue shown) {
            NativeValue sent =
                    side.inFlight == null ? null : side.inFlight.slots().get(slot);
            if (sent != null && !sent.equals(shown)) {
                side.remember(slot, new Sent(sent, shown, planning.at));
            }
        }

        private @Nullable String linkOf(NativeValue raw) {
            if (field.type() == FieldType.REFERENCE
                    && mapped.lens() instanceof Lens.ReferenceTo reference
                    && raw instanceof NativeValue.Text id
                    && !id.text().isBlank()) {
                return references.get(new RecordRef(system, reference.type(), id.text()));
            }
            return null;
        }

        private void edit(Value held, Value now, Map<String, NativeValue> rawBefore) {
            Value value = now;
            Value agreed = link.agreed(field);
            if (mapped.lossy() && agreed != null && shownCut(agreed, rawBefore)) {
                Value spliced = planning.lenses().splice(mapped, field, agreed, held, now);
                if (spliced == null) {
                    deciding.hold(link, system, field, Reason.LOSSY_REVIEW, event.asOf(), now);
                    return;
                }
                value = spliced;
            }
            deciding.edited(link, system, field, event, held, value);
        }

        /** Whether what was seen before is a cut rendering of the agreed value. */
        private boolean shownCut(Value agreed, Map<String, NativeValue> rawBefore) {
            Map<String, NativeValue> whole = planning.lenses().put(mapped, field, agreed, Map.of(), link -> null);
            return whole != null
                    && whole.entrySet().stream().anyMatch(slot -> {
                        NativeValue shown = rawBefore.get(slot.getKey());
                        return shown != null
                                && !shown.equals(slot.getValue())
                                && planning.lenses().explains(mapped, slot.getValue(), shown);
                    });
        }

        private void report(Reason reason, @Nullable Value saw) {
            planning.decided(link, system, field, reason, event.asOf(), saw, link.agreed(field));
        }
    }
}
