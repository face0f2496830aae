package dev.crmsync.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinedLensTest {
    private static final Lenses LENSES = new Lenses(Canon.withDefaultRegion("ID"));
    private static final FieldMapping NAME =
            FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("first", "last"), " "));
    private static final FieldMapping THREE =
            FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("first", "middle", "last"), " "));

    @ParameterizedTest(name = "{0}|{1} given {2} holds {3}|{4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "Mary Ann, Lee, Mary Ann Lee, Mary Ann, Lee",
                "Mary Ann, Lee, Mary Ann Smith, Mary Ann, Smith",
                "Mary Ann, Lee, Mary Beth Lee, Mary Beth, Lee",
                "Mary Ann, Lee, Mary Ann, Mary Ann, -",
                "Mary Ann, Lee, Lee, -, Lee",
                "Mary Ann, Lee, Mary Ann von der Lee, Mary Ann, von der Lee",
                "Mary Ann, Lee, Mary, Mary, -",
                "Mary, Lee, Maryam Lee, Maryam, Lee",
                "Mary, Lee, Maryam Leeson, Maryam, Leeson",
                "Budi, -, Budi Santoso, Budi, Santoso",
                "-, Santoso, Budi Santoso, Budi, Santoso",
                "Budi, -, Agus, Agus, -",
                "-, -, Budi Eko Santoso, Budi, Eko Santoso",
                "-, -, Budi, Budi, -",
                "A, A, A, A, -",
                "A, A, A A A, A, A A",
                "Budi, Santoso, -, -, -",
            })
    void joined_name_keeps_the_part_that_still_stands(
            String first, String last, String given, String newFirst, String newLast) {
        Map<String, NativeValue> before = Map.of("first", NativeValue.text(first), "last", NativeValue.text(last));
        Value value = given == null ? Value.EMPTY : Value.text(given);
        assertThat(put(NAME, value, before))
                .isEqualTo(Map.of("first", NativeValue.text(newFirst), "last", NativeValue.text(newLast)));
    }

    @Test
    void joined_part_that_stays_keeps_its_raw_form() {
        Map<String, NativeValue> before =
                Map.of("first", new NativeValue.Text(" Ne\u0301e "), "last", new NativeValue.Text("Lee"));
        assertThat(put(NAME, Value.text("N\u00E9e Smith"), before))
                .isEqualTo(Map.of("first", new NativeValue.Text(" Ne\u0301e "), "last", new NativeValue.Text("Smith")));
        assertThat(put(NAME, Value.EMPTY, Map.of("first", new NativeValue.Text(""), "last", NativeValue.EMPTY)))
                .isEqualTo(Map.of("first", new NativeValue.Text(""), "last", NativeValue.EMPTY));
    }

    @Test
    void joined_with_only_some_parts_known_is_unknown() {
        assertThat(LENSES.get("crm", NAME, Contact.NAME, Map.of("first", new NativeValue.Text("Budi")), ref -> null))
                .isNull();
    }

    @Test
    void joined_blank_parts_leave_no_separator_behind() {
        assertThat(get(NAME, Map.of("first", new NativeValue.Text(" "), "last", new NativeValue.Text("Lee"))))
                .isEqualTo(Value.text("Lee"));
        assertThat(get(NAME, Map.of("first", NativeValue.EMPTY, "last", NativeValue.EMPTY)))
                .isEqualTo(Value.EMPTY);
    }

    @Test
    void joined_middle_part_takes_what_stands_between_the_kept_ones() {
        Map<String, NativeValue> before = Map.of(
                "first", NativeValue.text("Budi"), "middle", NativeValue.EMPTY, "last", NativeValue.text("Santoso"));
        assertThat(put(THREE, Value.text("Budi Eko Adi Santoso"), before))
                .isEqualTo(Map.of(
                        "first",
                        NativeValue.text("Budi"),
                        "middle",
                        NativeValue.text("Eko Adi"),
                        "last",
                        NativeValue.text("Santoso")));
    }

    @Test
    void joined_name_of_any_script_and_shape_round_trips_over_any_other() {
        NastyTexts texts = new NastyTexts(5);
        List<FieldMapping> lenses = List.of(
                NAME,
                THREE,
                FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("last", "first"), ", ")),
                FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("a", "b"), "\u00A0")),
                FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("a", "b"), ";;")),
                FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("a", "b", "c", "d"), "a")),
                FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("a", "b"), "\u0301")),
                FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("a", "b"), "e\u0301")));
        for (int i = 0; i < 60_000; i++) {
            FieldMapping mapped = lenses.get(i % lenses.size());
            Map<String, NativeValue> before = new HashMap<>();
            for (String property : mapped.lens().properties()) {
                before.put(property, new NativeValue.Text(texts.next()));
            }
            Value stood = get(mapped, before);
            assertThat(put(mapped, stood, before)).as("GetPut").isEqualTo(before);
            List<Value> wanted = new ArrayList<>(List.of(Value.text(texts.next())));
            if (stood instanceof Value.Text text) {
                wanted.add(Value.text(texts.edited(text.text())));
            }
            for (Value value : wanted) {
                Map<String, NativeValue> after = put(mapped, value, before);
                assertThat(get(mapped, after))
                        .as("PutGet")
                        .isEqualTo(LENSES.canon().canonical(Contact.NAME, value));
                assertThat(put(mapped, get(mapped, after), after)).isEqualTo(after);
            }
        }
    }

    private static Value get(FieldMapping mapped, Map<String, NativeValue> slots) {
        return LENSES.get("crm", mapped, mapped.field(), slots, ref -> null);
    }

    private static Map<String, NativeValue> put(FieldMapping mapped, Value value, Map<String, NativeValue> before) {
        return LENSES.put(mapped, mapped.field(), value, before, link -> null);
    }
}
