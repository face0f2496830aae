package dev.crmsync.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LensesTest {
    private static final Lenses LENSES = new Lenses(Canon.withDefaultRegion("ID"));
    private static final Field AMOUNT = Field.of("amount", FieldType.NUMBER);
    private static final Field VIP = Field.of("vip", FieldType.FLAG);
    private static final Field CLOSED = Field.of("closedAt", FieldType.TIME);
    private static final Field STATUS = Field.of("status", FieldType.ENUMERATION);
    private static final NativeValue NOTHING = NativeValue.EMPTY;

    @Test
    void direct_reads_numbers_and_flags_as_text_and_puts_text() {
        FieldMapping name = FieldMapping.direct(Contact.NAME, "n");
        assertThat(get(name, Map.of("n", number("7.50")))).isEqualTo(Value.text("7.5"));
        assertThat(get(name, Map.of("n", NativeValue.flag(true)))).isEqualTo(Value.text("true"));
        assertThat(put(name, Value.text("8"), Map.of("n", number("7.5")))).containsEntry("n", text("8"));
    }

    @Test
    void direct_absent_is_unknown_and_null_is_empty() {
        FieldMapping name = FieldMapping.direct(Contact.NAME, "n");
        assertThat(get(name, Map.of())).isNull();
        assertThat(get(name, Map.of("n", NOTHING))).isEqualTo(Value.EMPTY);
        assertThat(get(name, Map.of("n", text(" \u00A0")))).isEqualTo(Value.EMPTY);
    }

    @Test
    void direct_keeps_the_raw_form_of_an_equivalent_value() {
        FieldMapping phone = FieldMapping.direct(Contact.PHONE, "p");
        Map<String, NativeValue> before = Map.of("p", text("0812-3456-7890"));
        assertThat(put(phone, Value.text("+6281234567890"), before)).isEqualTo(before);
        assertThat(put(phone, Value.text("0812 3456 7891"), before)).isEqualTo(Map.of("p", text("+6281234567891")));
    }

    @Test
    void empty_is_put_as_empty_and_a_blank_before_is_kept_raw() {
        FieldMapping name = FieldMapping.direct(Contact.NAME, "n");
        assertThat(put(name, Value.EMPTY, Map.of("n", text("Budi")))).isEqualTo(Map.of("n", NOTHING));
        assertThat(put(name, Value.EMPTY, Map.of("n", text("")))).isEqualTo(Map.of("n", text("")));
        assertThat(put(name, Value.EMPTY, Map.of())).isEqualTo(Map.of("n", NOTHING));
    }

    @Test
    void number_is_put_in_the_kind_that_stood_before_else_as_text() {
        FieldMapping amount = FieldMapping.direct(AMOUNT, "a");
        Value ten = new Value.Number(BigDecimal.TEN);
        assertThat(put(amount, ten, Map.of("a", number("1")))).isEqualTo(Map.of("a", number("10")));
        assertThat(put(amount, ten, Map.of("a", text("1")))).isEqualTo(Map.of("a", text("10")));
        assertThat(put(amount, ten, Map.of())).isEqualTo(Map.of("a", text("10")));
        assertThat(put(amount, ten, Map.of("a", text("10.00")))).isEqualTo(Map.of("a", text("10.00")));
        assertThat(get(amount, Map.of("a", text("10.00")))).isEqualTo(ten);
    }

    @Test
    void flag_is_put_in_the_kind_that_stood_before_else_as_text() {
        FieldMapping vip = FieldMapping.direct(VIP, "v");
        Value yes = new Value.Flag(true);
        assertThat(put(vip, yes, Map.of("v", NativeValue.flag(false)))).isEqualTo(Map.of("v", NativeValue.flag(true)));
        assertThat(put(vip, yes, Map.of("v", NOTHING))).isEqualTo(Map.of("v", text("true")));
        assertThat(get(vip, Map.of("v", text("False")))).isEqualTo(new Value.Flag(false));
    }

    @Test
    void coded_translates_both_ways() {
        FieldMapping status = FieldMapping.of(STATUS, new Lens.Coded("s", Map.of("1", "open", "2", "closed")));
        assertThat(get(status, Map.of("s", NativeValue.number(1)))).isEqualTo(Value.text("open"));
        assertThat(put(status, Value.text("closed"), Map.of("s", NativeValue.number(1))))
                .isEqualTo(Map.of("s", NativeValue.number(2)));
        assertThat(put(status, Value.text("closed"), Map.of())).isEqualTo(Map.of("s", text("2")));
    }

    @Test
    void coded_keeps_whichever_native_code_means_the_same_and_writes_the_chosen_one_otherwise() {
        FieldMapping status = FieldMapping.of(
                STATUS,
                new Lens.Coded(
                        "s", Map.of("1", "open", "3", "open", "4", "closed"), Map.of("open", "1", "closed", "4")));
        assertThat(get(status, Map.of("s", text("3")))).isEqualTo(Value.text("open"));
        assertThat(put(status, Value.text("open"), Map.of("s", text("3")))).isEqualTo(Map.of("s", text("3")));
        assertThat(put(status, Value.text("open"), Map.of("s", text("4")))).isEqualTo(Map.of("s", text("1")));
        assertThat(put(status, Value.text("closed"), Map.of("s", text("3")))).isEqualTo(Map.of("s", text("4")));
    }

    @Test
    void coded_is_refused_where_a_canonical_code_has_no_single_way_back() {
        assertThatThrownBy(() -> new Lens.Coded("s", Map.of("1", "open", "3", "open")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two native codes share the canonical code open");
        assertThatThrownBy(() -> new Lens.Coded("s", Map.of("1", "open", "4", "closed"), Map.of("open", "1")))
                .hasMessageContaining("[closed, open]");
        assertThatThrownBy(() -> new Lens.Coded("s", Map.of("1", "open"), Map.of("open", "2")))
                .hasMessageContaining("2 is written for open and read as null");
    }

    @Test
    void coded_unknown_native_code_is_shown_raw_and_an_unknown_canonical_code_is_refused() {
        FieldMapping status = FieldMapping.of(STATUS, new Lens.Coded("s", Map.of("1", "open")));
        assertThat(get(status, Map.of("s", text("9")))).isEqualTo(Value.text("9"));
        assertThat(put(status, Value.text("9"), Map.of("s", text("9")))).isEqualTo(Map.of("s", text("9")));
        assertThat(put(status, Value.text("9"), Map.of())).isNull();
        assertThat(LENSES.refusal(status, STATUS, Value.text("9")))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("property s").contains("add it"));
        assertThat(LENSES.refusal(status, STATUS, Value.text("open"))).isEmpty();
    }

    @Test
    void timestamp_reads_both_formats_and_puts_the_kind_that_stood_before() {
        FieldMapping iso = FieldMapping.of(CLOSED, new Lens.Timestamp("t", Lens.TimeFormat.ISO));
        FieldMapping epoch = FieldMapping.of(CLOSED, new Lens.Timestamp("t", Lens.TimeFormat.EPOCH_MILLIS));
        Value may = new Value.Time(Instant.parse("2026-05-01T00:00:00Z"));
        assertThat(get(iso, Map.of("t", text("2026-05-01T07:00:00+07:00")))).isEqualTo(may);
        assertThat(get(epoch, Map.of("t", text("1777593600000")))).isEqualTo(may);
        assertThat(get(epoch, Map.of("t", NativeValue.number(1777593600000L)))).isEqualTo(may);
        assertThat(put(iso, may, Map.of())).isEqualTo(Map.of("t", text("2026-05-01T00:00:00Z")));
        assertThat(put(epoch, may, Map.of())).isEqualTo(Map.of("t", text("1777593600000")));
        assertThat(put(epoch, may, Map.of("t", NativeValue.number(0))))
                .isEqualTo(Map.of("t", NativeValue.number(1777593600000L)));
        assertThat(put(iso, may, Map.of("t", text("2026-05-01T07:00:00+07:00"))))
                .isEqualTo(Map.of("t", text("2026-05-01T07:00:00+07:00")));
    }

    @Test
    void timestamp_that_is_no_instant_is_text_and_is_left_alone() {
        FieldMapping iso = FieldMapping.of(CLOSED, new Lens.Timestamp("t", Lens.TimeFormat.ISO));
        assertThat(get(iso, Map.of("t", text("soon")))).isEqualTo(Value.text("soon"));
        assertThat(put(iso, Value.text("soon"), Map.of("t", text(" soon")))).isEqualTo(Map.of("t", text(" soon")));
    }

    @Test
    void reference_reads_and_puts_through_the_known_links() {
        FieldMapping owner = FieldMapping.of(Contact.OWNER, new Lens.ReferenceTo("owner_id", "user"));
        Map<String, NativeValue> before = Map.of("owner_id", NativeValue.number(7));
        assertThat(LENSES.get(
                        "crm",
                        owner,
                        Contact.OWNER,
                        before,
                        ref -> ref.equals(new RecordRef("crm", "user", "7")) ? "link-7" : null))
                .isEqualTo(new Value.Reference("link-7"));
        assertThat(LENSES.get("crm", owner, Contact.OWNER, before, ref -> null)).isNull();
        assertThat(LENSES.get("crm", owner, Contact.OWNER, Map.of("owner_id", NOTHING), ref -> null))
                .isEqualTo(Value.EMPTY);
        assertThat(LENSES.put(owner, Contact.OWNER, new Value.Reference("link-7"), before, link -> "7"))
                .isEqualTo(before);
        assertThat(LENSES.put(owner, Contact.OWNER, new Value.Reference("link-8"), before, link -> "8"))
                .isEqualTo(Map.of("owner_id", NativeValue.number(8)));
        assertThat(LENSES.put(owner, Contact.OWNER, new Value.Reference("link-8"), before, link -> null))
                .isNull();
        assertThat(LENSES.put(owner, Contact.OWNER, Value.EMPTY, before, link -> null))
                .isEqualTo(Map.of("owner_id", NOTHING));
        assertThat(LENSES.refusal(owner, Contact.OWNER, new Value.Reference("link-8")))
                .isEmpty();
    }

    @Test
    void delimited_keeps_the_raw_order_and_adds_new_members_sorted() {
        FieldMapping labels = FieldMapping.of(Contact.LABELS, new Lens.Delimited("l", ";"));
        Map<String, NativeValue> before = Map.of("l", text("Zoo; VIP ;;Zoo;old"));
        assertThat(get(labels, before)).isEqualTo(Value.members("Zoo", "VIP", "old"));
        assertThat(put(labels, Value.members("VIP", "Zoo", "old"), before)).isEqualTo(before);
        assertThat(put(labels, Value.members("b", "a", "VIP", "Zoo"), before))
                .isEqualTo(Map.of("l", text("Zoo; VIP ;a;b")));
        assertThat(put(labels, Value.members(), before)).isEqualTo(Map.of("l", NOTHING));
    }

    @Test
    void delimited_member_with_the_separator_is_refused_and_not_torn_apart() {
        FieldMapping labels = FieldMapping.of(Contact.LABELS, new Lens.Delimited("l", ";"));
        Value torn = Value.members("a;b", "c");
        assertThat(put(labels, torn, Map.of("l", text("c")))).isNull();
        assertThat(LENSES.refusal(labels, Contact.LABELS, torn))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("labels", "\";\"", "rename").doesNotContain("a;b"));
    }

    @Test
    void delimited_member_that_makes_a_separator_with_its_neighbour_is_refused() {
        FieldMapping labels = FieldMapping.of(Contact.LABELS, new Lens.Delimited("l", ";;"));
        assertThat(put(labels, Value.members("a;", "b"), Map.of())).isNull();
        assertThat(put(labels, Value.members("a", "b;"), Map.of())).isEqualTo(Map.of("l", text("a;;b;")));
    }

    @Test
    void list_keeps_the_raw_order_and_adds_new_members_sorted() {
        FieldMapping labels = FieldMapping.of(Contact.LABELS, new Lens.ListOf("l"));
        Map<String, NativeValue> before = Map.of("l", items("Zoo", " VIP", "a;b"));
        assertThat(get(labels, before)).isEqualTo(Value.members("Zoo", "VIP", "a;b"));
        assertThat(put(labels, Value.members("b", "VIP", "a"), before)).isEqualTo(Map.of("l", items(" VIP", "a", "b")));
        assertThat(put(labels, Value.members(), before)).isEqualTo(Map.of("l", items()));
        assertThat(get(labels, Map.of("l", items()))).isEqualTo(Value.members());
        assertThat(get(labels, Map.of("l", NOTHING))).isEqualTo(Value.EMPTY);
    }

    @Test
    void bag_entry_reads_and_puts_its_key_alone() {
        FieldMapping bag = FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata"));
        Field segment = Contact.METADATA.entry("crm_segment");
        assertThat(LENSES.slotsOf(bag, segment)).containsExactly("metadata/crm_segment");
        assertThat(LENSES.get("k", bag, segment, Map.of("metadata/other", text("x")), ref -> null))
                .isNull();
        assertThat(LENSES.put(bag, segment, Value.text("gold"), Map.of("metadata/other", text("x")), link -> null))
                .isEqualTo(Map.of("metadata/crm_segment", text("gold")));
    }

    @Test
    void bag_entry_that_holds_a_list_or_a_map_reads_as_compact_json() {
        FieldMapping bag = FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata"));
        Map<String, NativeValue> before = Map.of(
                "metadata/k",
                new NativeValue.Entries(Map.of(
                        "b", new NativeValue.Items(List.of(NativeValue.number(1), text("\"\n"), NOTHING)),
                        "a", new NativeValue.Entries(Map.of()))));
        Value shown = LENSES.get("k", bag, Contact.METADATA.entry("k"), before, ref -> null);
        assertThat(shown).isEqualTo(Value.text("{\"a\":{},\"b\":[1,\"\\\"\\u000a\",null]}"));
        assertThat(LENSES.put(bag, Contact.METADATA.entry("k"), shown, before, link -> null))
                .isEqualTo(before);
    }

    @Test
    void bag_as_a_whole_has_no_slots() {
        FieldMapping bag = FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata"));
        assertThat(LENSES.slotsOf(bag, Contact.METADATA)).isEmpty();
        assertThat(get(bag, Map.of("metadata/k", text("x")))).isNull();
        assertThat(LENSES.fieldsOf(
                        dev.crmsync.spi.mapping.Mapping.of("contact", bag), Set.of("metadata/a.b/c", "metadatum/x")))
                .containsExactly(Contact.METADATA.entry("a.b/c"));
    }

    @Test
    void value_of_a_kind_that_does_not_fit_is_refused() {
        FieldMapping name = FieldMapping.direct(Contact.NAME, "n");
        assertThat(put(name, Value.members("a"), Map.of())).isNull();
        assertThat(LENSES.refusal(name, Contact.NAME, Value.members("a")))
                .hasValue("property n cannot hold a members as name");
    }

    private static Value get(FieldMapping mapped, Map<String, NativeValue> slots) {
        return LENSES.get("crm", mapped, mapped.field(), slots, ref -> null);
    }

    private static Map<String, NativeValue> put(FieldMapping mapped, Value value, Map<String, NativeValue> before) {
        return LENSES.put(mapped, mapped.field(), value, before, link -> null);
    }

    private static NativeValue text(String text) {
        return new NativeValue.Text(text);
    }

    private static NativeValue number(String number) {
        return new NativeValue.Number(new BigDecimal(number));
    }

    private static NativeValue items(String... texts) {
        return new NativeValue.Items(
                List.of(texts).stream().map(LensesTest::text).toList());
    }
}
