package dev.crmsync.fields;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lenses over tokens that stand for values: what a lens came to is recalled from facts. What names slots, properties and
 * records is worked out as ever, for names stand for themselves and tokens of ids are ids. Thread-safe when its facts are.
 */
public final class RecalledLenses extends Lenses {
    private static final String SENT = "sent";
    private static final String SHOWN = "shown";

    private final Facts facts;
    private final Map<FieldMapping, String> digests = new ConcurrentHashMap<>();

    /**
     * Lenses that recall.
     *
     * @param canon the canon whose forms are recalled
     * @param facts what is known
     */
    public RecalledLenses(Canon canon, Facts facts) {
        super(new RecalledCanon(canon, facts));
        this.facts = facts;
    }

    @Override
    public @Nullable Value get(
            String system,
            FieldMapping mapped,
            Field field,
            Map<String, NativeValue> slots,
            Function<RecordRef, @Nullable String> references) {
        Map<String, NativeValue> own = own(mapped, field, slots);
        if (refers(mapped) || own.isEmpty()) {
            return super.get(system, mapped, field, slots, references);
        }
        Facts.Known known = facts.recall(
                question(Question.Kind.GET, mapped, field, own, List.of()),
                (lenses, asked) -> Facts.Known.of(lenses.get(system, mapped, field, asked.slots(), ref -> null)));
        return known == null ? super.get(system, mapped, field, slots, references) : known.value();
    }

    @Override
    public @Nullable Map<String, NativeValue> put(
            FieldMapping mapped,
            Field field,
            Value value,
            Map<String, NativeValue> before,
            Function<String, @Nullable String> recordIds) {
        if (refers(mapped)) {
            return super.put(mapped, field, value, before, recordIds);
        }
        Facts.Known known = facts.recall(
                question(Question.Kind.PUT, mapped, field, own(mapped, field, before), List.of(value)),
                (lenses, asked) -> Facts.Known.ofSlots(
                        lenses.put(mapped, field, asked.values().get(0), asked.slots(), link -> null)));
        return known == null ? super.put(mapped, field, value, before, recordIds) : known.slots();
    }

    @Override
    public Optional<String> refusal(FieldMapping mapped, Field field, Value value) {
        if (refers(mapped)) {
            return super.refusal(mapped, field, value);
        }
        Facts.Known known = facts.recall(
                question(Question.Kind.REFUSED, mapped, field, Map.of(), List.of(value)),
                (lenses, asked) -> Facts.Known.of(
                        lenses.refusal(mapped, field, asked.values().get(0)).isPresent()));
        if (known == null) {
            return super.refusal(mapped, field, value);
        }
        return known.yes()
                ? Optional.of("the value of " + field.name() + " cannot be carried there")
                : Optional.empty();
    }

    @Override
    public boolean explains(FieldMapping mapped, NativeValue sent, NativeValue shown) {
        if (sent.equals(shown)) {
            return true;
        }
        Facts.Known known = facts.recall(
                question(Question.Kind.EXPLAINS, mapped, mapped.field(), Map.of(SENT, sent, SHOWN, shown), List.of()),
                (lenses, asked) -> Facts.Known.of(lenses.explains(
                        mapped,
                        Objects.requireNonNull(asked.slots().get(SENT)),
                        Objects.requireNonNull(asked.slots().get(SHOWN)))));
        return known == null ? super.explains(mapped, sent, shown) : known.yes();
    }

    @Override
    public NativeValue rendered(FieldMapping mapped, NativeValue sent) {
        Facts.Known known = facts.recall(
                question(Question.Kind.RENDERED, mapped, mapped.field(), Map.of(SENT, sent), List.of()),
                (lenses, asked) -> Facts.Known.ofSlots(Map.of(
                        SHOWN,
                        lenses.rendered(
                                mapped, Objects.requireNonNull(asked.slots().get(SENT))))));
        return known == null || known.slots() == null
                ? super.rendered(mapped, sent)
                : Objects.requireNonNull(known.slots().get(SHOWN));
    }

    @Override
    public @Nullable Value splice(
            FieldMapping mapped, Field field, Value agreedFull, Value shownBefore, Value shownAfter) {
        Facts.Known known = facts.recall(
                question(Question.Kind.SPLICE, mapped, field, Map.of(), List.of(agreedFull, shownBefore, shownAfter)),
                (lenses, asked) -> Facts.Known.of(lenses.splice(
                        mapped,
                        field,
                        asked.values().get(0),
                        asked.values().get(1),
                        asked.values().get(2))));
        return known == null ? super.splice(mapped, field, agreedFull, shownBefore, shownAfter) : known.value();
    }

    /** References are worked out: the ids of records and links are tokens that are told apart as the ids were. */
    private static boolean refers(FieldMapping mapped) {
        return mapped.lens() instanceof Lens.ReferenceTo || mapped.lens() instanceof Lens.ReferencesTo;
    }

    private Map<String, NativeValue> own(FieldMapping mapped, Field field, Map<String, NativeValue> slots) {
        Map<String, NativeValue> own = new TreeMap<>();
        for (String slot : slotsOf(mapped, field)) {
            NativeValue raw = slots.get(slot);
            if (raw != null) {
                own.put(slot, raw);
            }
        }
        return own;
    }

    private Question question(
            Question.Kind kind, FieldMapping mapped, Field field, Map<String, NativeValue> slots, List<Value> values) {
        String digest = digests.computeIfAbsent(
                mapped, some -> Integer.toHexString(some.toString().hashCode()));
        return new Question(kind, canon().defaultRegion() + " " + field.name() + "@" + digest, slots, values);
    }
}
