package dev.crmsync.fields;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that the lenses of a mapping round-trip, for lint and start-up. */
public final class LensCheck {
    private static final String SYSTEM = "checked";
    private static final String KEY = "key";

    private final Lenses lenses;
    private final List<String> violations = new ArrayList<>();

    private LensCheck(Lenses lenses) {
        this.lenses = lenses;
    }

    /**
     * Puts the sample values of each field's type through its lens, alone and over one another, and checks PutGet (what
     * was put is read back) and GetPut (putting back what was read changes nothing). It also finds properties that
     * cannot be told apart as slots.
     *
     * @param lenses the lenses
     * @param mapping the mapping
     * @param samples values of any kinds; each field is tried with those that fit it and that it does not refuse
     * @return the violations, each with the field and its property and without the values; empty when all is well
     */
    public static List<String> check(Lenses lenses, Mapping mapping, List<Value> samples) {
        LensCheck check = new LensCheck(lenses);
        check.slots(mapping);
        for (FieldMapping mapped : mapping.fields()) {
            Field field =
                    mapped.field().type() == FieldType.BAG ? mapped.field().entry(KEY) : mapped.field();
            check.roundTrips(mapped, field, samples);
        }
        return List.copyOf(check.violations);
    }

    private void slots(Mapping mapping) {
        for (FieldMapping bag : mapping.fields()) {
            if (!(bag.lens() instanceof Lens.BagOf)) {
                continue;
            }
            String below = bag.lens().properties().get(0) + "/";
            for (FieldMapping other : mapping.fields()) {
                for (String property : other.lens().properties()) {
                    if (property.startsWith(below)) {
                        report(
                                other.field(),
                                property,
                                "it looks like a key of the bag " + bag.field().name()
                                        + "; rename one of the two properties");
                    }
                }
            }
        }
    }

    private void roundTrips(FieldMapping mapped, Field field, List<Value> samples) {
        List<Value> fitting = new ArrayList<>(samples.stream()
                .filter(sample -> Canon.fits(field.type(), sample))
                .filter(sample -> lenses.refusal(mapped, field, sample).isEmpty())
                .toList());
        if (mapped.lens() instanceof Lens.Coded coded) {
            for (String code : coded.canonicalByNative().values()) {
                fitting.add(new Value.Text(code));
            }
        }
        for (Value first : fitting) {
            Map<String, NativeValue> slots = roundTrip(mapped, field, first, Map.of());
            if (slots == null) {
                return;
            }
            for (Value second : fitting) {
                if (roundTrip(mapped, field, second, slots) == null) {
                    return;
                }
            }
        }
    }

    /** The slots after the put, or null when a law is broken; one report a field is enough. */
    private @Nullable Map<String, NativeValue> roundTrip(
            FieldMapping mapped, Field field, Value value, Map<String, NativeValue> before) {
        String property = String.join(", ", mapped.lens().properties());
        Map<String, NativeValue> slots = lenses.put(mapped, field, value, before, link -> link);
        if (slots == null) {
            report(field, property, "a value that it takes at first it cannot take over another one");
            return null;
        }
        Value read = lenses.get(SYSTEM, mapped, field, slots, ref -> ref.id());
        if (read == null || !lenses.canon().equivalent(field, read, value)) {
            report(field, property, "PutGet: what was put is not what is read");
            return null;
        }
        if (!slots.equals(lenses.put(mapped, field, read, slots, link -> link))) {
            report(field, property, "GetPut: putting back what was read changes it");
            return null;
        }
        return slots;
    }

    private void report(Field field, String property, String what) {
        violations.add("field " + field.name() + ", property " + property + ": " + what);
    }
}
