package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One field at one system that carries it, worked out from the rules alone. Immutable.
 *
 * @param mapped its mapping, or that of its bag
 * @param slots the slots that carry it
 * @param policy its policy, or null when nobody decides it
 * @param toNew what the pair is held to before a record is made, as far as the rules alone tell
 * @param toExisting what the pair is held to once there is a record, as far as the rules alone tell
 */
record Carried(
        FieldMapping mapped, List<String> slots, @Nullable FieldPolicy policy, Stance toNew, Stance toExisting) {

    static Carried of(Lenses lenses, String system, Field field, FieldMapping mapped, @Nullable FieldPolicy policy) {
        return new Carried(
                mapped,
                lenses.slotsOf(mapped, field),
                policy,
                ruled(system, mapped.access(), policy, false),
                ruled(system, mapped.access(), policy, true));
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

    /** What the rules alone hold the pair to. */
    Stance ruled(@Nullable String record) {
        return record == null ? toNew : toExisting;
    }

    boolean writable(@Nullable String record) {
        return Stances.writable(mapped.access(), record != null);
    }

    /**
     * Whether the slots show a canonical value as it stands: then the value is what they hold, and nothing needs to be read
     * through the lens. False says nothing.
     */
    boolean showsAsIs(Map<String, NativeValue> raw, @Nullable Value canonical) {
        if (canonical instanceof Value.Text text) {
            return plain()
                    ? raw.get(slots.get(0)) instanceof NativeValue.Text shown
                            && shown.text().equals(text.text())
                    : mapped.lens() instanceof Lens.Joined joined && spells(joined, raw, text.text());
        }
        return mapped.lens() instanceof Lens.ListOf
                && canonical instanceof Value.Members set
                && raw.get(slots.get(0)) instanceof NativeValue.Items shown
                && lists(shown.items(), set.members());
    }

    /** Whether the parts, each of which begins and ends with a letter or digit, spell a text between its separators. */
    private boolean spells(Lens.Joined joined, Map<String, NativeValue> raw, String text) {
        int at = 0;
        for (int i = 0; i < slots.size(); i++) {
            if (!(raw.get(slots.get(i)) instanceof NativeValue.Text part) || !clean(part.text())) {
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

    /** Whether the lens can refuse a value at all. */
    boolean mayRefuse(Value value) {
        boolean text = value instanceof Value.Text || value instanceof Value.Empty;
        return !text || !plain() && !(mapped.lens() instanceof Lens.Joined);
    }

    /** Whether one slot holds the value as it is. */
    private boolean plain() {
        return slots.size() == 1 && (mapped.lens() instanceof Lens.Direct || mapped.lens() instanceof Lens.BagOf);
    }
}
