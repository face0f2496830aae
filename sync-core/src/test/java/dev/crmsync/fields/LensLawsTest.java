package dev.crmsync.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** PutGet and GetPut for each lens over values and native values of every kind, fitting or not. */
class LensLawsTest {
    private static final int CASES = 60_000;
    private static final Lenses LENSES = new Lenses(Canon.withDefaultRegion("ID"));
    private static final Field LABELS = Contact.LABELS;
    private static final Field CLOSED = Field.of("closedAt", FieldType.TIME);
    private static final List<FieldMapping> LENS_OF_EACH_KIND = List.of(
            FieldMapping.direct(Contact.NAME, "p"),
            FieldMapping.direct(Contact.EMAIL, "p"),
            FieldMapping.direct(Contact.PHONE, "p"),
            FieldMapping.direct(Contact.METADATA.entry("k"), "p"),
            FieldMapping.direct(Field.of("amount", FieldType.NUMBER), "p"),
            FieldMapping.direct(Field.of("vip", FieldType.FLAG), "p"),
            FieldMapping.direct(Field.of("stage", FieldType.ENUMERATION), "p"),
            FieldMapping.of(
                    Field.of("stage", FieldType.ENUMERATION),
                    new Lens.Coded("p", Map.of("1", "Budi", "x", "1", "true", "ne\u0301e", "\u00A0y", "Lee"))),
            FieldMapping.of(CLOSED, new Lens.Timestamp("p", Lens.TimeFormat.ISO)),
            FieldMapping.of(CLOSED, new Lens.Timestamp("p", Lens.TimeFormat.EPOCH_MILLIS)),
            FieldMapping.of(LABELS, new Lens.Delimited("p", ";")),
            FieldMapping.of(LABELS, new Lens.Delimited("p", "\n")),
            FieldMapping.of(LABELS, new Lens.Delimited("p", ", ")),
            FieldMapping.of(LABELS, new Lens.ListOf("p")),
            FieldMapping.of(Contact.OWNER, new Lens.ReferenceTo("p", "user")),
            FieldMapping.of(Field.references("tags", "label"), new Lens.ReferencesTo("p", "label")));

    @Test
    void every_lens_round_trips_or_refuses() {
        NastyTexts texts = new NastyTexts(8);
        Set<FieldMapping> carried = new HashSet<>();
        for (int i = 0; i < CASES; i++) {
            FieldMapping mapped = LENS_OF_EACH_KIND.get(i % LENS_OF_EACH_KIND.size());
            Field field = mapped.field();
            Map<String, NativeValue> before = texts.number(5) == 0 ? Map.of() : Map.of("p", nativeValue(texts));
            Value stood = get(mapped, before);
            if (stood != null) {
                assertThat(put(mapped, stood, before))
                        .as("GetPut of %s", mapped)
                        .isEqualTo(before);
            }
            Value wanted = value(texts);
            Map<String, NativeValue> after = put(mapped, wanted, before);
            if (after != null) {
                carried.add(mapped);
                Value read = get(mapped, after);
                assertThat(LENSES.canon().equivalent(field, read, wanted))
                        .as("PutGet of %s: %s over %s reads %s", mapped, wanted, before, read)
                        .isTrue();
                assertThat(put(mapped, read, after)).isEqualTo(after);
            }
        }
        assertThat(carried).hasSameSizeAs(LENS_OF_EACH_KIND);
    }

    @Test
    void text_lenses_refuse_no_text_and_lists_no_set() {
        NastyTexts texts = new NastyTexts(9);
        for (int i = 0; i < CASES / 3; i++) {
            Value text = Value.text(texts.next());
            Value set = Value.Members.of(List.of(texts.next(), texts.next()));
            for (FieldMapping mapped : LENS_OF_EACH_KIND.subList(0, 7)) {
                assertThat(LENSES.refusal(mapped, mapped.field(), text)).isEmpty();
            }
            FieldMapping list = LENS_OF_EACH_KIND.get(13);
            assertThat(LENSES.refusal(list, LABELS, set)).isEmpty();
        }
    }

    private static Value value(NastyTexts texts) {
        return switch (texts.number(10)) {
            case 0 -> Value.EMPTY;
            case 1 -> new Value.Number(BigDecimal.valueOf(texts.number(2000) - 1000L, texts.number(7) - 3));
            case 2 -> new Value.Flag(texts.number(2) == 0);
            case 3 ->
                new Value.Time(Instant.ofEpochSecond(
                        texts.number(Integer.MAX_VALUE) * 2L - Integer.MAX_VALUE, texts.number(1_000_000_000)));
            case 4, 5 -> Value.Members.of(List.of(texts.next(), texts.next(), texts.next()));
            case 6 ->
                texts.number(2) == 0
                        ? new Value.Reference("link-" + texts.number(10))
                        : new Value.References(
                                new TreeSet<>(List.of("link-" + texts.number(10), "link-" + texts.number(10) + "b")));
            default -> Value.text(texts.next());
        };
    }

    private static NativeValue nativeValue(NastyTexts texts) {
        return switch (texts.number(10)) {
            case 0 -> NativeValue.EMPTY;
            case 1 -> new NativeValue.Number(BigDecimal.valueOf(texts.number(2000) - 1000L, texts.number(7) - 3));
            case 2 -> NativeValue.flag(texts.number(2) == 0);
            case 3 -> new NativeValue.Items(List.of(NativeValue.text(texts.next()), nativeValue(texts)));
            case 4 -> new NativeValue.Items(List.of());
            case 5 -> new NativeValue.Entries(Map.of(texts.next(), nativeValue(texts)));
            default -> NativeValue.text(texts.next());
        };
    }

    private static Value get(FieldMapping mapped, Map<String, NativeValue> slots) {
        return LENSES.get("crm", mapped, mapped.field(), slots, ref -> ref.id());
    }

    private static Map<String, NativeValue> put(FieldMapping mapped, Value value, Map<String, NativeValue> before) {
        return LENSES.put(mapped, mapped.field(), value, before, link -> link);
    }
}
