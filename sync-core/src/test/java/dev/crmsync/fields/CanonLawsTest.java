package dev.crmsync.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CanonLawsTest {
    private static final int CASES = 12_000;
    private static final List<Field> FIELDS = List.of(
            Contact.NAME,
            Contact.EMAIL,
            Contact.PHONE,
            Contact.METADATA.entry("k"),
            Field.of("amount", FieldType.NUMBER),
            Field.of("vip", FieldType.FLAG),
            Field.of("closedAt", FieldType.TIME),
            Field.of("stage", FieldType.ENUMERATION));

    private final List<Canon> canons =
            List.of(Canon.withDefaultRegion("ID"), Canon.withDefaultRegion("US"), Canon.withDefaultRegion("AR"));

    @Test
    void canonical_form_of_nasty_text_is_idempotent_and_equivalent_to_it() {
        NastyTexts texts = new NastyTexts(1);
        for (int i = 0; i < CASES; i++) {
            Value value = Value.text(texts.next());
            for (Field field : FIELDS) {
                idempotent(canons.get(i % canons.size()), field, value);
            }
        }
    }

    @Test
    void canonical_form_of_every_code_point_is_idempotent() {
        Canon canon = canons.get(0);
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            idempotent(canon, Contact.NAME, Value.text("a" + Character.toString(c)));
            idempotent(canon, Contact.EMAIL, Value.text(Character.toString(c) + "A\u0301\u03A3"));
        }
    }

    @Test
    void canonical_form_of_digits_like_a_phone_number_is_idempotent_in_every_region() {
        NastyTexts random = new NastyTexts(2);
        List<Canon> regions = new ArrayList<>();
        for (String region : List.of("ID", "US", "AR", "MX", "BR", "IT", "RU", "CN", "JP", "SM", "GB", "CI", "HU")) {
            regions.add(Canon.withDefaultRegion(region));
        }
        for (int i = 0; i < 26_000; i++) {
            StringBuilder typed =
                    new StringBuilder(List.of("", "+", "00", "0", "8", "011", "15", "+39", "+54 0 11 15-", "+62 0")
                            .get(random.number(10)));
            int digits = 3 + random.number(14);
            for (int d = 0; d < digits; d++) {
                typed.append(random.number(9) == 0 ? " " : "").append(random.number(10));
            }
            typed.append(
                    List.of("", "", " x12", ";ext=0", " ext 12345678", "#9").get(random.number(6)));
            idempotent(regions.get(i % regions.size()), Contact.PHONE, Value.text(typed.toString()));
        }
    }

    @Test
    void canonical_members_are_idempotent() {
        NastyTexts texts = new NastyTexts(3);
        for (int i = 0; i < CASES; i++) {
            idempotent(
                    canons.get(0), Contact.LABELS, Value.Members.of(List.of(texts.next(), texts.next(), texts.next())));
        }
    }

    @Test
    void equivalence_is_symmetric_and_transitive() {
        NastyTexts texts = new NastyTexts(4);
        Canon canon = canons.get(0);
        for (int i = 0; i < CASES; i++) {
            String text = texts.next();
            List<Value> kin = List.of(
                    Value.text(text),
                    Value.text(" " + text + "\u00A0"),
                    Value.text(text.toUpperCase(Locale.ROOT)),
                    Value.text(text.toLowerCase(Locale.ROOT)),
                    Value.text(text.replace("-", " ").replace("\r\n", "\n")),
                    Value.EMPTY);
            Field field = FIELDS.get(i % FIELDS.size());
            for (Value a : kin) {
                for (Value b : kin) {
                    boolean ab = canon.equivalent(field, a, b);
                    assertThat(canon.equivalent(field, b, a)).isEqualTo(ab);
                    for (Value c : kin) {
                        if (ab && canon.equivalent(field, b, c) && !canon.equivalent(field, a, c)) {
                            throw new AssertionError(field + " is not transitive: " + kin);
                        }
                    }
                }
            }
        }
    }

    private static void idempotent(Canon canon, Field field, Value value) {
        Value once = canon.canonical(field, value);
        if (!canon.canonical(field, once).equals(once) || !canon.equivalent(field, value, once)) {
            throw new AssertionError(field + " of " + value + " is not idempotent: " + once);
        }
    }
}
