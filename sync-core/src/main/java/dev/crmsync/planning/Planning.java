package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the steps of one plan share: the rules, the input's clock, and the decisions and reviews gathered so far. */
final class Planning {
    final Rules rules;
    final Instant at;
    final long seq;
    final List<Decision> decisions = new ArrayList<>();
    final List<ReviewChange> reviews = new ArrayList<>();

    Planning(Rules rules, Instant at, long seq) {
        this.rules = rules;
        this.at = at;
        this.seq = seq;
    }

    Lenses lenses() {
        return rules.lenses();
    }

    Optional<Mapping> mapping(String system, String type) {
        return Optional.ofNullable(rules.carriage(system, type)).map(Carriage::mapping);
    }

    Optional<FieldMapping> carrying(String system, String type, Field field) {
        return Optional.ofNullable(rules.carried(system, type, field)).map(Carried::mapped);
    }

    /** The field of that name in the link's record type. */
    Optional<Field> field(LinkDraft link, String name) {
        return Optional.ofNullable(rules.type(link.type()).field(name));
    }

    /** What a system holds of a field, from its last-seen raw values; null when a part is not known. */
    @Nullable Value held(LinkDraft link, String system, Field field) {
        Carried carried = link.rules.carried(system, field);
        return carried == null ? null : held(link, system, link.side(system), carried);
    }

    /** What a system holds of a field that it carries, as above. */
    @Nullable Value held(LinkDraft link, String system, SideDraft side, Carried carried) {
        return held(system, side, carried, link.agreed(carried));
    }

    /** What a system holds of a field that it carries and of which a value, or none, is agreed. */
    @Nullable Value held(String system, SideDraft side, Carried carried, @Nullable Value agreed) {
        Field field = carried.field();
        return carried.showsAsIs(side.seen, agreed)
                ? agreed
                : held(lenses(), system, field, carried.mapped(), side.seen);
    }

    /** What a system holds of a field that it carries. */
    static @Nullable Value held(
            Lenses lenses, String system, Field field, FieldMapping mapped, Map<String, Seen> seen) {
        return lenses.get(system, mapped, field, new RawValues(seen), references(mapped, seen));
    }

    /** The links that the last-seen references of a field stand for. */
    static Function<RecordRef, @Nullable String> references(FieldMapping mapped, Map<String, Seen> seen) {
        return ref -> {
            for (String slot : mapped.lens().properties()) {
                Seen value = seen.get(slot);
                String link = value == null ? null : value.links().get(ref.id());
                if (link != null) {
                    return link;
                }
            }
            return null;
        };
    }

    /** What something has brought about there while another value was agreed says nothing of a new one. */
    private static final Set<Stance> DIES_WITH_THE_VALUE = EnumSet.of(Stance.REFUSED, Stance.KEPT, Stance.WAITING);

    boolean equivalent(Field field, @Nullable Value a, @Nullable Value b) {
        return a != null && b != null && lenses().canon().equivalent(field, a, b);
    }

    void agree(LinkDraft link, Field field, Value value, String system) {
        agree(link, field, value, system, null);
    }

    void agree(LinkDraft link, Field field, Value value, String system, @Nullable AsOf written) {
        link.agreed.put(field.name(), new Agreed(value, system, seq, written, null));
        for (SideDraft side : link.sides.values()) {
            Standing standing = side.standings.get(field.name());
            if (standing != null && DIES_WITH_THE_VALUE.contains(standing.stance())) {
                side.standings.remove(field.name());
            }
        }
    }

    void decided(
            LinkDraft link,
            String system,
            Field field,
            Reason reason,
            @Nullable AsOf asOf,
            @Nullable Value saw,
            @Nullable Value before) {
        decided(
                link,
                system,
                link.side(system),
                field,
                link.rules.carried(system, field),
                reason,
                asOf,
                saw,
                before,
                link.agreed(field));
    }

    /** A decision on a field that the system carries, and by which the agreed value, or none, stays as it is. */
    void left(
            LinkDraft link,
            String system,
            SideDraft side,
            Carried carried,
            Reason reason,
            AsOf asOf,
            @Nullable Value saw,
            @Nullable Value agreed) {
        decided(link, system, side, carried.field(), carried, reason, asOf, saw, agreed, agreed);
    }

    private void decided(
            LinkDraft link,
            String system,
            SideDraft side,
            Field field,
            @Nullable Carried carried,
            Reason reason,
            @Nullable AsOf asOf,
            @Nullable Value saw,
            @Nullable Value before,
            @Nullable Value agreed) {
        FieldPolicy policy = carried == null ? link.rules.policy(field) : carried.policy();
        decisions.add(new Decision(
                link.id(),
                seq,
                at,
                system,
                field.name(),
                reason,
                policy == null ? null : policy.source(),
                asOf,
                saw,
                before,
                agreed,
                Stances.of(link, side, field, carried, agreed, rules),
                rules.hash()));
    }

    /** Whether a slot that was given one value may show another: as it is, in a declared rendering, or, a set, in any order. */
    boolean shows(String system, FieldMapping mapped, Field field, String slot, NativeValue given, NativeValue raw) {
        if (given.equals(raw) || lenses().explains(mapped, given, raw)) {
            return true;
        }
        if (!field.type().isSet()) {
            return false;
        }
        // Whose the ids are does not matter here: they are the same ones or they are not.
        Value sent = lenses().get(system, mapped, field, Map.of(slot, given), RecordRef::id);
        Value shown = lenses().get(system, mapped, field, Map.of(slot, raw), RecordRef::id);
        return equivalent(field, sent, shown);
    }

    /** Whether a slot may show a value that we sent: as above, or as it was proved to show that very value. */
    boolean shows(String system, FieldMapping mapped, Field field, String slot, Sent sent, NativeValue raw) {
        return raw.equals(sent.shown()) || shows(system, mapped, field, slot, sent.raw(), raw);
    }

    void decided(LinkDraft link, String system, Reason reason) {
        decided(link, system, reason, null);
    }

    /** A decision about a whole record. */
    void decided(LinkDraft link, String system, Reason reason, @Nullable AsOf asOf) {
        decisions.add(new Decision(
                link.id(), seq, at, system, null, reason, null, asOf, null, null, null, null, rules.hash()));
    }

    void ask(LinkDraft link, String system, @Nullable Field field, Reason reason, @Nullable Value theirs) {
        reviews.add(new ReviewChange.Opened(
                reviewId(link.id(), system, field == null ? null : field.name()),
                link.id(),
                system,
                field == null ? null : field.name(),
                reason,
                field == null ? null : link.agreed(field),
                theirs,
                List.of()));
    }

    void settled(LinkDraft link, String system, @Nullable String field) {
        reviews.add(new ReviewChange.Closed(reviewId(link.id(), system, field), link.id()));
    }

    /** The same question has the same id, short enough for every store. */
    static String reviewId(String link, String system, @Nullable String field) {
        int what = (system + '\n' + (field == null ? "" : field)).hashCode();
        return link + (field == null ? "-record-" : "-field-") + Integer.toHexString(what);
    }

    static String reviewId(String link, String other) {
        return link.compareTo(other) < 0 ? link + "-same-" + other : other + "-same-" + link;
    }

    static @Nullable NativeValue at(Map<String, Seen> seen, String slot) {
        Seen value = seen.get(slot);
        return value == null ? null : value.raw();
    }
}
