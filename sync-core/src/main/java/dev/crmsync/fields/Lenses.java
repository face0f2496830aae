package dev.crmsync.fields;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The functions behind the lens data of the SPI: {@code get} reads a canonical value from slots, {@code put} splices one
 * into them. For every value that can be carried, {@code get(put(v, s))} is equivalent to {@code v}, and
 * {@code put(get(s), s)} leaves {@code s} as it is. Pure, total, immutable and thread-safe.
 *
 * <p>A slot is a native property, or below {@link Lens.BagOf} "property/key" for each key of the map. No method throws
 * for any value that a vendor or a person can supply.
 */
public sealed class Lenses permits RecalledLenses {
    private final Canon canon;
    private final OneSlot one;

    /**
     * Lenses that read and compare by a canon.
     *
     * @param canon the canonical forms
     */
    public Lenses(Canon canon) {
        this.canon = canon;
        this.one = new OneSlot(canon);
    }

    /**
     * The canon that these lenses read and compare by.
     *
     * @return the canon
     */
    public Canon canon() {
        return canon;
    }

    /**
     * Explodes native properties into slots. Properties that no field mapping names are dropped, the join key among
     * them. A bag that is given as empty, or as anything but a map, has no slots.
     *
     * @param mapping the mapping
     * @param properties native properties, absent ones missing
     * @return the slots, sorted, to be changed by the caller at will
     */
    public Map<String, NativeValue> slots(Mapping mapping, Map<String, NativeValue> properties) {
        return Slots.explode(mapping, properties);
    }

    /**
     * The slots that carry a field.
     *
     * @param mapped the field's mapping, or that of its bag
     * @param field the field, bag entries expanded
     * @return its slots in order; none for a bag as a whole, which is never a field to decide
     */
    public List<String> slotsOf(FieldMapping mapped, Field field) {
        return Slots.of(mapped, field);
    }

    /**
     * The fields that some slots touch. A bag's key that has a mapping of its own elsewhere is not carried in the bag.
     *
     * @param mapping the mapping
     * @param slots the names of slots; unknown ones touch nothing
     * @return the fields, bag entries expanded
     */
    public SortedSet<Field> fieldsOf(Mapping mapping, Set<String> slots) {
        return Slots.fields(mapping, slots);
    }

    /**
     * Reads a field's canonical value. A blank slot gives {@link Value#EMPTY}, an empty native list the empty set, a
     * native code that is not in the table of {@link Lens.Coded} that code itself as text, and what is no instant its
     * text.
     *
     * @param system the system that the slots come from
     * @param mapped the field's mapping, or that of its bag
     * @param field the field, bag entries expanded
     * @param slots the slots that are known
     * @param references gives the link's id of a record of this system, or null
     * @return the canonical value; null when a slot that it needs is absent, or when it refers to a record that
     *     {@code references} does not know
     */
    public @Nullable Value get(
            String system,
            FieldMapping mapped,
            Field field,
            Map<String, NativeValue> slots,
            Function<RecordRef, @Nullable String> references) {
        if (mapped.lens() instanceof Lens.Joined joined) {
            return JoinedSlots.get(joined, slots);
        }
        String slot = Slots.single(mapped, field);
        NativeValue raw = slot == null ? null : slots.get(slot);
        if (raw == null) {
            return null;
        }
        if (mapped.lens() instanceof Lens.ReferenceTo reference) {
            return ReferenceSlot.get(system, reference, raw, references);
        }
        return mapped.lens() instanceof Lens.ReferencesTo all
                ? ReferencesSlot.get(system, all, raw, references)
                : one.get(mapped.lens(), field, raw);
    }

    /**
     * The slots to hold so that {@code get} gives the value. Slots whose value would not change keep their raw form; an
     * empty value is put as {@link NativeValue#EMPTY}; numbers, flags and instants are put in the kind that stood before,
     * else as text. A joined text keeps the parts that still stand in it; without any, its first word goes to the
     * first property and the rest to the last. A set keeps the order of members that stay and adds new ones, sorted; of a set of
     * references those that {@code recordIds} does not know are left out.
     *
     * @param mapped the field's mapping, or that of its bag
     * @param field the field, bag entries expanded
     * @param value the value, canonical or not
     * @param before the slots as they stand, as far as they are known
     * @param recordIds gives the id at this system of a link's record, or null
     * @return exactly the slots that carry the field, unchanged ones too; null when the value cannot be carried: a
     *     reference that {@code recordIds} does not know, or one of the cases that {@link #refusal} explains
     */
    public @Nullable Map<String, NativeValue> put(
            FieldMapping mapped,
            Field field,
            Value value,
            Map<String, NativeValue> before,
            Function<String, @Nullable String> recordIds) {
        Value wanted = canon.canonical(field, value);
        if (mapped.lens() instanceof Lens.Joined joined) {
            return JoinedSlots.put(joined, wanted, before);
        }
        String slot = Slots.single(mapped, field);
        if (slot == null) {
            return null;
        }
        NativeValue raw = before.get(slot);
        NativeValue held;
        if (mapped.lens() instanceof Lens.ReferenceTo) {
            held = ReferenceSlot.put(wanted, raw, recordIds);
        } else if (mapped.lens() instanceof Lens.ReferencesTo) {
            held = ReferencesSlot.put(wanted, raw, recordIds);
        } else {
            held = one.put(mapped.lens(), field, wanted, raw);
        }
        return held == null ? null : Map.of(slot, held);
    }

    /**
     * Why {@code put} can never carry a value, whatever stood before: no native code stands for it, a member holds the
     * separator of its list, or its kind does not fit. An unknown reference is no such case, for it may become known.
     *
     * @param mapped the field's mapping, or that of its bag
     * @param field the field, bag entries expanded
     * @param value the value
     * @return the reason and the remedy, without personal values; empty when the value can be carried
     */
    public Optional<String> refusal(FieldMapping mapped, Field field, Value value) {
        if (put(mapped, field, value, Map.of(), link -> link) != null) {
            return Optional.empty();
        }
        String property = String.join(", ", mapped.lens().properties());
        if (mapped.lens() instanceof Lens.Coded) {
            return Optional.of("property " + property + " has no native code for this value of " + field.name()
                    + ": add it to the lens");
        } else if (mapped.lens() instanceof Lens.Delimited lens && value instanceof Value.Members) {
            return Optional.of("a member of " + field.name() + " holds \"" + lens.separator()
                    + "\", which stands between members in property " + property
                    + ": rename the member, or map the field to a list");
        }
        return Optional.of("property " + property + " cannot hold a "
                + value.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " as " + field.name());
    }

    /**
     * The records that a slot names.
     *
     * @param system the system that the slot comes from
     * @param mapped the mapping of the field that the slot carries
     * @param raw what the slot holds
     * @return the records; none where the field refers to nothing
     */
    public List<RecordRef> named(String system, FieldMapping mapped, NativeValue raw) {
        if (mapped.lens() instanceof Lens.ReferenceTo one
                && raw instanceof NativeValue.Text id
                && !id.text().isBlank()) {
            return List.of(new RecordRef(system, one.type(), id.text()));
        } else if (mapped.lens() instanceof Lens.ReferencesTo all) {
            return ReferencesSlot.ids(raw).stream()
                    .map(id -> new RecordRef(system, all.type(), id))
                    .toList();
        }
        return List.of();
    }

    /**
     * Joins slots into native properties for a write. Slots that the mapping does not name are left out.
     *
     * @param mapping the mapping
     * @param changed the slots to write; removed keys of a bag as {@link NativeValue#EMPTY}
     * @param all the slots as just read; what others own in a bag that is replaced as a whole comes from here
     * @return the native properties: a bag that is patched carries only the changed keys, one that is replaced all of
     *     {@code all} with {@code changed} laid over it, and neither appears when none of its keys changed
     */
    public Map<String, NativeValue> properties(
            Mapping mapping, Map<String, NativeValue> changed, Map<String, NativeValue> all) {
        return Slots.join(mapping, changed, all);
    }

    /**
     * Whether the declared rendering families of the mapping, one or several together, explain that the system shows
     * one value for another. Equal values need no explanation.
     *
     * @param mapped the field's mapping
     * @param sent what one slot was given
     * @param shown what the system shows in that slot
     * @return true when explained
     */
    public boolean explains(FieldMapping mapped, NativeValue sent, NativeValue shown) {
        return Renderings.explain(mapped.renderings(), sent, shown);
    }

    /**
     * How the declared families, in the order of their declaration, would show a value.
     *
     * @param mapped the field's mapping
     * @param sent what one slot is given
     * @return what the system is expected to show
     */
    public NativeValue rendered(FieldMapping mapped, NativeValue sent) {
        return Renderings.render(mapped.renderings(), sent);
    }

    /**
     * Carries an edit of a cut rendering over to the full value. The edit is taken over when it lies in the half of the
     * shown text away from the cut, so that the half next to the cut stands as it was: then the hidden tail, and the case
     * of letters outside the edit, are kept. Anything else could be a new text meant to replace all.
     *
     * @param mapped the field's mapping
     * @param field the field
     * @param agreedFull the full agreed value
     * @param shownBefore what the system showed for it
     * @param shownAfter what the system shows after the edit
     * @return the spliced value, canonical; null when only a person can tell what was meant
     */
    public @Nullable Value splice(
            FieldMapping mapped, Field field, Value agreedFull, Value shownBefore, Value shownAfter) {
        boolean plain = mapped.lens() instanceof Lens.Direct || mapped.lens() instanceof Lens.BagOf;
        boolean prose = field.type() == FieldType.TEXT || field.type() == FieldType.BAG_ENTRY;
        if (!plain
                || !prose
                || !(agreedFull instanceof Value.Text full)
                || !(shownBefore instanceof Value.Text before)
                || !(shownAfter instanceof Value.Text after)) {
            return null;
        }
        String spliced = Renderings.splice(full.text(), before.text(), after.text());
        return spliced == null ? null : canon.canonical(field, new Value.Text(spliced));
    }
}
