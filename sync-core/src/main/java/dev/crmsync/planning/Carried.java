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
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** One field at one system that carries it, worked out from the rules alone. Immutable. */
final class Carried {
    private final Field field;
    private final FieldMapping mapped;
    private final List<String> slots;
    private final RecordRule records;
    private final @Nullable FieldPolicy policy;
    private final Stance toNew;
    private final Stance toExisting;
    private final boolean writableNew;
    private final boolean writableExisting;

    /** The one slot that holds the value as it is; null when there is none such. */
    private final @Nullable String plainly;

    /** The one slot that holds members in a text; null when there is none such. */
    private final @Nullable String delimited;

    private final DelimitedText delimiting;

    /**
     * Works it out.
     *
     * @param ruled the policy of the record type, or null when nobody decides it
     */
    Carried(Lenses lenses, String system, Field field, FieldMapping mapped, @Nullable TypePolicy ruled) {
        this.field = named(field, mapped);
        this.mapped = mapped;
        this.slots = lenses.slotsOf(mapped, field);
        this.policy = ruled == null ? null : ruled.field(field).orElse(null);
        this.records = ruled == null ? RecordRule.FOLLOW : ruled.records(system);
        this.toNew = ruled(system, mapped.access(), policy, false);
        this.toExisting = ruled(system, mapped.access(), policy, true);
        this.writableNew = Stances.writable(mapped.access(), false);
        this.writableExisting = Stances.writable(mapped.access(), true);
        boolean asIs = mapped.lens() instanceof Lens.Direct || mapped.lens() instanceof Lens.BagOf;
        this.plainly = asIs && slots.size() == 1 ? slots.get(0) : null;
        this.delimited = mapped.lens() instanceof Lens.Delimited lens ? lens.property() : null;
        this.delimiting = new DelimitedText(mapped.lens() instanceof Lens.Delimited lens ? lens.separator() : "");
    }

    /** The field as the mapping has it. */
    private static Field named(Field field, FieldMapping mapped) {
        boolean entry = mapped.field().type() == FieldType.BAG && field.type() == FieldType.BAG_ENTRY;
        return entry ? mapped.field().entry(field.key().orElseThrow()) : mapped.field();
    }

    Field field() {
        return field;
    }

    /** Its mapping, or that of its bag. */
    FieldMapping mapped() {
        return mapped;
    }

    /** The slots that carry it. */
    List<String> slots() {
        return slots;
    }

    boolean toldBy(Map<String, NativeValue> told) {
        for (int i = 0; i < slots.size(); i++) {
            if (told.get(slots.get(i)) != null) {
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
    boolean showsAsIs(Map<String, Seen> seen, @Nullable Value canonical) {
        if (canonical instanceof Value.Text text) {
            return plainly != null
                    ? Planning.at(seen, plainly) instanceof NativeValue.Text shown
                            && shown.text().equals(text.text())
                    : mapped.lens() instanceof Lens.Joined joined && spells(joined, seen, text.text());
        }
        return canonical instanceof Value.Members set && showsMembers(seen, set.members());
    }

    private boolean showsMembers(Map<String, Seen> seen, SortedSet<String> members) {
        if (delimited != null) {
            return Planning.at(seen, delimited) instanceof NativeValue.Text shown
                    && delimiting.lists(shown.text(), members);
        }
        return mapped.lens() instanceof Lens.ListOf
                && Planning.at(seen, slots.get(0)) instanceof NativeValue.Items shown
                && lists(shown.items(), members);
    }

    /** Whether the parts, each of which begins and ends with a letter or digit, spell a text between its separators. */
    private boolean spells(Lens.Joined joined, Map<String, Seen> seen, String text) {
        int at = 0;
        for (int i = 0; i < slots.size(); i++) {
            if (!(Planning.at(seen, slots.get(i)) instanceof NativeValue.Text part) || !clean(part.text())) {
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
            return delimited != null ? !delimiting.carries(set.members()) : !(mapped.lens() instanceof Lens.ListOf);
        }
        boolean text = value instanceof Value.Text || value instanceof Value.Empty;
        return !text || plainly == null && !(mapped.lens() instanceof Lens.Joined);
    }
}
