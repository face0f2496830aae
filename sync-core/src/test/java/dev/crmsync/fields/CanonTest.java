package dev.crmsync.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonTest {
    private static final Canon CANON = Canon.withDefaultRegion("ID");
    private static final Field AMOUNT = Field.of("amount", FieldType.NUMBER);
    private static final Field VIP = Field.of("vip", FieldType.FLAG);
    private static final Field CLOSED = Field.of("closedAt", FieldType.TIME);

    @Test
    void default_region_unknown_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> Canon.withDefaultRegion("Indonesia"))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
                .hasMessageContaining("Sync.defaultRegion(\"ID\")");
    }

    @Test
    void default_region_counts_without_regard_to_case() {
        assertThat(Canon.withDefaultRegion("id").canonical(Contact.PHONE, Value.text("0812 3456 7890")))
                .isEqualTo(Value.text("+6281234567890"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u00A0", "\uFEFF \u3000"})
    void blank_text_is_empty(String blank) {
        for (Field field : new Field[] {Contact.NAME, Contact.EMAIL, Contact.PHONE, AMOUNT, VIP, CLOSED}) {
            assertThat(CANON.canonical(field, Value.text(blank))).isEqualTo(Value.EMPTY);
            assertThat(CANON.equivalent(field, Value.text(blank), Value.EMPTY)).isTrue();
            assertThat(CANON.wellFormed(field, Value.text(blank))).isFalse();
        }
    }

    @Test
    void text_is_composed_with_line_feeds_and_without_outer_blanks() {
        assertThat(CANON.canonical(Contact.NAME, Value.text("\u00A0Rene\u0301e\r\nSmith\rLee \n")))
                .isEqualTo(Value.text("Ren\u00E9e\nSmith\nLee"));
    }

    @Test
    void text_keeps_inner_blanks_and_case() {
        assertThat(CANON.canonical(Contact.NAME, Value.text("BUDI  \u00A0 santoso")))
                .isEqualTo(Value.text("BUDI  \u00A0 santoso"));
        assertThat(CANON.equivalent(Contact.NAME, Value.text("Budi"), Value.text("budi")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0812 3456 7890|+6281234567890",
                "+62 812-3456-7890|+6281234567890",
                "62 812 3456 7890|+6281234567890",
                "6281234567890|+6281234567890",
                "(021) 555-0123|+62215550123",
                "+1 (415) 555-2671|+14155552671",
                "008 1 415 555 2671|+14155552671",
                "+39 06 698 12345|+390669812345",
                "tel:+62-812-3456-7890|+6281234567890",
                "+62 812 3456 7890 ext. 5|+6281234567890;ext=5",
                "+6281234567890;ext=5|+6281234567890;ext=5",
                "HP: 0812 3456 7890|+6281234567890",
                "\uFF0B\uFF16\uFF12 812 3456 7890|+6281234567890",
                "\u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660|+6281234567890",
            })
    void phone_that_can_be_parsed_is_E164(String typed, String expected) {
        assertThat(CANON.canonical(Contact.PHONE, Value.text(typed))).isEqualTo(Value.text(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "112",
                "ask Budi",
                "1-800-FLOWERS",
                "0812-3456-789 home",
                "0812 3456 7890 / 0813 9999 8888",
                "0812 3456 7890, 0813 9999 8888",
                "+62 812 3456 7890 1234 5678",
                "++",
                "budi@example.com",
            })
    void phone_that_cannot_be_parsed_stays_as_it_is(String typed) {
        assertThat(CANON.canonical(Contact.PHONE, Value.text(" " + typed + " ")))
                .isEqualTo(Value.text(typed));
        assertThat(CANON.wellFormed(Contact.PHONE, Value.text(typed))).isFalse();
    }

    @Test
    void phones_count_by_E164_and_unparsable_ones_by_letters_and_digits() {
        assertThat(CANON.equivalent(Contact.PHONE, Value.text("0812-3456-7890"), Value.text("+62 812 3456 7890")))
                .isTrue();
        assertThat(CANON.equivalent(Contact.PHONE, Value.text("0812-3456-7890"), Value.text("0812-3456-7891")))
                .isFalse();
        assertThat(CANON.equivalent(Contact.PHONE, Value.text("ask: Budi (1)"), Value.text("ASK budi 1")))
                .isTrue();
        assertThat(CANON.equivalent(Contact.PHONE, Value.text("--"), Value.text("++")))
                .isFalse();
    }

    @Test
    void phone_is_well_formed_only_in_a_range_that_is_in_use() {
        assertThat(CANON.wellFormed(Contact.PHONE, Value.text("0812 3456 7890")))
                .isTrue();
        assertThat(CANON.wellFormed(Contact.PHONE, Value.text("+1 000 000 0000")))
                .isFalse();
    }

    @Test
    void email_is_lower_case_and_counts_without_regard_to_case() {
        assertThat(CANON.canonical(Contact.EMAIL, Value.text(" Budi@Example.COM ")))
                .isEqualTo(Value.text("budi@example.com"));
        assertThat(CANON.equivalent(
                        Contact.EMAIL,
                        Value.text("\u039F\u0394\u039F\u03A3@x.gr"),
                        Value.text("\u03BF\u03B4\u03BF\u03C3@x.gr")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "budi@example.com",
                "B.S+tag@mail.example.co.id",
                "\u738B@\u4F8B\u5B50.\u4E2D\u56FD",
                "x@xn--fsq.com"
            })
    void email_with_a_plausible_form_is_well_formed(String address) {
        assertThat(CANON.wellFormed(Contact.EMAIL, Value.text(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "budi",
                "@example.com",
                "budi@",
                "budi@localhost",
                "budi@example..com",
                "budi@-example.com",
                "a@b@example.com",
                "bu di@example.com",
                "Budi <budi@example.com>",
                "a@example.com, b@example.com",
                "budi@exa mple.com",
                "budi@example.com.",
            })
    void email_without_a_plausible_form_is_not_well_formed(String address) {
        assertThat(CANON.wellFormed(Contact.EMAIL, Value.text(address))).isFalse();
    }

    @Test
    void number_is_read_from_text_and_other_text_stays() {
        assertThat(CANON.canonical(AMOUNT, Value.text(" 2.50 "))).isEqualTo(new Value.Number(new BigDecimal("2.5")));
        assertThat(CANON.canonical(AMOUNT, Value.text("1,000"))).isEqualTo(Value.text("1,000"));
        assertThat(CANON.equivalent(AMOUNT, Value.text("1e2"), new Value.Number(new BigDecimal("100"))))
                .isTrue();
    }

    @Test
    void number_of_monstrous_size_stays_small_text() {
        assertThat(CANON.canonical(AMOUNT, Value.text("1e999999999"))).isEqualTo(Value.text("1e999999999"));
        assertThat(CANON.canonical(AMOUNT, new Value.Number(new BigDecimal("1e999999999"))))
                .isEqualTo(Value.text("1E+999999999"));
        assertThat(CANON.canonical(Contact.NAME, new Value.Number(new BigDecimal("1e999999999"))))
                .isEqualTo(Value.text("1E+999999999"));
    }

    @Test
    void flag_is_read_from_text_without_regard_to_case() {
        assertThat(CANON.canonical(VIP, Value.text("TRUE"))).isEqualTo(new Value.Flag(true));
        assertThat(CANON.canonical(VIP, Value.text("yes"))).isEqualTo(Value.text("yes"));
    }

    @Test
    void time_counts_in_whole_milliseconds() {
        assertThat(CANON.canonical(CLOSED, new Value.Time(Instant.parse("2026-05-01T00:00:00.123456789Z"))))
                .isEqualTo(new Value.Time(Instant.parse("2026-05-01T00:00:00.123Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-05-01T00:00:00Z",
                "2026-05-01",
                "2026-05-01T07:00:00+07:00",
                "2026-05-01T07:00:00.000+0700",
                "2026-05-01T00:00+00",
                "2026-05-01T00:00Z"
            })
    void time_is_read_from_the_forms_of_ISO_8601(String text) {
        assertThat(CANON.canonical(CLOSED, Value.text(text)))
                .isEqualTo(new Value.Time(Instant.parse("2026-05-01T00:00:00Z")));
    }

    @Test
    void time_that_no_vendor_can_hold_stays_text() {
        assertThat(CANON.canonical(CLOSED, new Value.Time(Instant.MAX))).isInstanceOf(Value.Text.class);
        assertThat(CANON.canonical(CLOSED, Value.text("yesterday"))).isEqualTo(Value.text("yesterday"));
    }

    @Test
    void members_are_a_set_of_canonical_names() {
        assertThat(CANON.canonical(Contact.LABELS, Value.members(" VIP", "VIP", "", "vip", "ne\u0301e")))
                .isEqualTo(Value.members("VIP", "vip", "n\u00E9e"));
    }

    @Test
    void empty_set_stays_a_value_of_its_own_and_counts_as_blank() {
        assertThat(CANON.canonical(Contact.LABELS, Value.members(" "))).isEqualTo(Value.members());
        assertThat(CANON.equivalent(Contact.LABELS, Value.members(), Value.EMPTY))
                .isTrue();
        assertThat(CANON.equivalent(Contact.LABELS, Value.members(), Value.members("a")))
                .isFalse();
    }

    @Test
    void value_of_another_kind_becomes_text_in_a_text_field() {
        assertThat(CANON.canonical(Contact.NAME, new Value.Number(new BigDecimal("1E3"))))
                .isEqualTo(Value.text("1000"));
        assertThat(CANON.canonical(Contact.NAME, new Value.Flag(true))).isEqualTo(Value.text("true"));
    }
}
