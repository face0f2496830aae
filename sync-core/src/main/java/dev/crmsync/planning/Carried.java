package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.TypePolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** One field at one system that carries it, worked out from the rules alone. Immutable. */
final class Carried {
    private final Field field;
    private final FieldMapping mapped;
    private final List<String> slots;

    /** Where each slot mostly is among those that are told or were seen. */
    private final int[] places;

    /** Where the field mostly is among those that are agreed. */
    private final int place;

    private final RecordRule records;
    private final @Nullable FieldPolicy policy;
    private final Stance toNew;
    private final Stance toExisting;
    private final boolean writableNew;
    private final boolean writableExisting;

    /** Whether one slot holds the value as it is. */
    private final boolean plain;

    /** Whether one slot holds members in a text. */
    private final boolean delimited;

    private final DelimitedText delimiting;
    private final boolean lossy;

    /**
     * Works it out.
     *
     * @param ruled the policy of the record type, or null when nobody decides it
     * @param known the names of the slots that are mostly told and seen
     * @param place where the field mostly is among those that are agreed
     */
    Carried(
            Lenses lenses,
            String system,
            Field field,
            FieldMapping mapped,
            @Nullable TypePolicy ruled,
            Names known,
            int place) {
        this.field = named(field, mapped);
        this.mapped = mapped;
        this.slots = lenses.slotsOf(mapped, field).stream()
                .map(slot -> known.indexOf(slot) < 0 ? slot : known.at(known.indexOf(slot)))
                .toList();
        this.places = slots.stream()
                .mapToInt(slot -> Math.max(0, known.indexOf(slot)))
                .toArray();
        this.place = place;
        this.policy = ruled == null ? null : ruled.field(field).orElse(null);
        this.records = ruled == null ? RecordRule.FOLLOW : ruled.records(system);
        this.toNew = ruled(system, mapped.access(), policy, false);
        this.toExisting = ruled(system, mapped.access(), policy, true);
        this.writableNew = Stances.writable(mapped.access(), false);
        this.writableExisting = Stances.writable(mapped.access(), true);
        boolean asIs = mapped.lens() instanceof Lens.Direct || mapped.lens() instanceof Lens.BagOf;
        this.plain = asIs && slots.size() == 1;
        this.delimited = mapped.lens() instanceof Lens.Delimited;
        this.lossy = mapped.lossy();
        this.delimiting = new DelimitedText(mapped.lens() instanceof Lens.Delimited lens ? lens.separator() : "");
    }

    /** The field as the mapping has it: where it is the same, that of the rules, which has its name but once. */
    private static Field named(Field field, FieldMapping mapped) {
        boolean entry = mapped.field().type() == FieldType.BAG && field.type() == FieldType.BAG_ENTRY;
        Field own = entry ? mapped.field().entry(field.key().orElseThrow()) : mapped.field();
        return own.equals(field) ? field : own;
    }

    boolean isNamed(String name) {
        return field.name().equals(name);
    }

    Field field() {
        return field;
    }

    /** Its mapping, or that of its bag. */
    FieldMapping mapped() {
        return mapped;
    }

    /** Whether a value may be shown cut there. */
    boolean lossy() {
        return lossy;
    }

    /** The slots that carry it. */
    List<String> slots() {
        return slots;
    }

    /** Where the field mostly is among those that are agreed. */
    int place() {
        return place;
    }

    /** Where one of the slots mostly is among those that are told or were seen. */
    int place(int slot) {
        return places[slot];
    }

    boolean toldBy(Frozen<NativeValue> told) {
        for (int i = 0; i < places.length; i++) {
            if (told.indexOf(slots.get(i), places[i]) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** What may be done with the records that carry it there. */
    RecordRule records() {
        return records;
    }

    /** Its policy, or null when nobody decides it. */
    @Nullable FieldPolicy policy() {
        return policy;
    }

    private static Stance ruled(String system, Access access, @Nullable FieldPolicy policy, boolean exists) {
        if (policy == null) {
            return Stance.NOT_RECEIVED;
        }
        FieldRule rule = policy.rule();
        boolean never = rule instanceof FieldRule.ReadOnly || rule instanceof FieldRule.CreateOnly && exists;
        boolean receives = policy.receives(system) && Stances.writable(access, exists);
        if (never || !receives && !Stances.owns(policy, system)) {
            return Stance.NOT_RECEIVED;
        }
        return access.readable() == Access.Readable.NEVER ? Stance.ASSUMED : Stance.FOLLOWS;
    }

    /** What the rules alone hold the pair to, given the record there, as far as they alone tell. */
    Stance ruled(@Nullable String record) {
        return record == null ? toNew : toExisting;
    }

    boolean writable(@Nullable String record) {
        return record == null ? writableNew : writableExisting;
    }

    /**
     * Whether the slots show a canonical value as it stands: then the value is what they hold, and nothing needs to be read
     * through the lens. False says nothing.
     */
    boolean showsAsIs(NamedValues<Seen> seen, @Nullable Value canonical) {
        if (canonical instanceof Value.Text text) {
            return plain
                    ? seen(seen, 0) instanceof NativeValue.Text shown
                            && shown.text().equals(text.text())
                    : mapped.lens() instanceof Lens.Joined joined && spells(joined, seen, text.text());
        }
        return canonical instanceof Value.Members set && showsMembers(seen, set.members());
    }

    private @Nullable NativeValue seen(NamedValues<Seen> seen, int slot) {
        Seen value = seen.get(slots.get(slot), places[slot]);
        return value == null ? null : value.raw();
    }

    private boolean showsMembers(NamedValues<Seen> seen, SortedSet<String> members) {
        if (delimited) {
            return seen(seen, 0) instanceof NativeValue.Text shown && delimiting.lists(shown.text(), members);
        }
        return mapped.lens() instanceof Lens.ListOf
                && seen(seen, 0) instanceof NativeValue.Items shown
                && lists(shown.items(), members);
    }

    /** Whether the parts, each of which begins and ends with a letter or digit, spell a text between its separators. */
    private boolean spells(Lens.Joined joined, NamedValues<Seen> seen, String text) {
        int at = 0;
        for (int i = 0; i < slots.size(); i++) {
            if (!(seen(seen, i) instanceof NativeValue.Text part) || !clean(part.text())) {
                return false;
            }
            if (i > 0) {
                if (!text.startsWith(joined.separator(), at)) {
                    return false;
                }
                at += joined.separator().length();
            }
            if (!text.startsWith(part.text(), at)) {
                return false;
            }
            at += part.text().length();
        }
        return at == text.length();
    }

    private static boolean clean(String part) {
        return !part.isEmpty()
                && Character.isLetterOrDigit(part.charAt(0))
                && Character.isLetterOrDigit(part.charAt(part.length() - 1));
    }

    /** Whether a list holds the members in their order, and nothing else. */
    private static boolean lists(List<NativeValue> shown, SortedSet<String> members) {
        if (shown.size() != members.size()) {
            return false;
        }
        int i = 0;
        for (String member : members) {
            if (!(shown.get(i++) instanceof NativeValue.Text text)
                    || !text.text().equals(member)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the lens may refuse a value. */
    boolean mayRefuse(Value value) {
        if (value instanceof Value.Members set) {
            return delimited ? !delimiting.carries(set.members()) : !(mapped.lens() instanceof Lens.ListOf);
        }
        boolean text = value instanceof Value.Text || value instanceof Value.Empty;
        return !text || !plain && !(mapped.lens() instanceof Lens.Joined);
    }
}
