package dev.crmsync.adapter.kirim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final Instant NOW = Vectors.SIGNED;
    private static final RecordRef REF = new RecordRef("kirim", "contact", "ctc_01HXYZABCDEFGHJKMNPQRSTVWX");
    private static final String UPDATED = "2024-05-23T15:59:58.123Z";

    private final Webhooks webhooks = webhooks(null);

    private static Webhooks webhooks(String displayDigits) {
        return new Webhooks(
                "kirim",
                "X-Kirim-Signature",
                SecretSource.of(Vectors.PRIMARY),
                new WebhookEvents("kirim", false, displayDigits, () -> NOW),
                () -> NOW);
    }

    private static String envelope(String type, String data) {
        return "{\"id\":\"evt_1\",\"type\":\"" + type
                + "\",\"created_at\":\"2024-05-23T15:59:59.000Z\",\"livemode\":true,\"data\":" + data + "}";
    }

    private static String contact(String more) {
        return envelope(
                "contact.updated",
                "{\"contact\":{\"id\":\"" + REF.id() + "\",\"object\":\"contact\"" + (more.isEmpty() ? "" : "," + more)
                        + "},\"changed_fields\":[\"name\"]}");
    }

    private static String dated(String more) {
        return contact("\"updated_at\":\"" + UPDATED + "\"" + (more.isEmpty() ? "" : "," + more));
    }

    private Receipt.Keyed single(String body) {
        Receipt receipt = webhooks.receive(Vectors.signed(body));
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        List<Receipt.Keyed> events = ((Receipt.Accepted) receipt).events();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private Map<String, NativeValue> properties(String more) {
        return single(dated(more)).event().properties();
    }

    private static NativeValue items(String... names) {
        return new NativeValue.Items(
                List.of(names).stream().map(NativeValue::text).toList());
    }

    @Test
    void event_tells_the_contact_as_of_its_own_time_of_change() {
        ChangeEvent event = single(dated("\"phone_number\":\"+6281200000001\",\"name\":\"Budi 🌴\",\"email\":null,"
                        + "\"metadata\":{\"crm_segment\":\"gold\"},\"labels\":[]"))
                .event();
        assertThat(event)
                .isEqualTo(ChangeEvent.full(
                        REF,
                        Map.of(
                                "phone_number", NativeValue.text("+6281200000001"),
                                "name", NativeValue.text("Budi 🌴"),
                                "email", NativeValue.EMPTY,
                                "metadata", new NativeValue.Entries(Map.of("crm_segment", NativeValue.text("gold"))),
                                "labels", items()),
                        AsOf.at(Instant.parse(UPDATED)),
                        Evidence.EVENT));
    }

    @Test
    void labels_that_may_have_changed_are_as_of_the_event() {
        String untold = dated("\"name\":\"Budi\",\"labels\":[\"VIP\"]").replace(",\"changed_fields\":[\"name\"]", "");
        String told = untold.replace("]}}}", "]},\"changed_fields\":[\"labels\"]}}");
        for (String body : List.of(untold, told)) {
            List<Receipt.Keyed> events = ((Receipt.Accepted) webhooks.receive(Vectors.signed(body))).events();
            assertThat(events)
                    .containsExactly(
                            new Receipt.Keyed(
                                    "evt_1",
                                    ChangeEvent.partial(
                                            REF,
                                            Map.of("name", NativeValue.text("Budi")),
                                            AsOf.at(Instant.parse(UPDATED)),
                                            Evidence.EVENT)),
                            new Receipt.Keyed(
                                    "evt_1/labels",
                                    ChangeEvent.partial(
                                            REF,
                                            Map.of("labels", items("VIP")),
                                            AsOf.at(Instant.parse("2024-05-23T15:59:59Z")),
                                            Evidence.EVENT)));
        }
    }

    @Test
    void stale_event_names_its_record_once() {
        String body = dated("\"labels\":[\"VIP\"]").replace(",\"changed_fields\":[\"name\"]", "");
        Webhooks late = new Webhooks(
                "kirim",
                "X-Kirim-Signature",
                SecretSource.of(Vectors.PRIMARY),
                new WebhookEvents("kirim", false, null, () -> NOW),
                () -> NOW.plusSeconds(301));
        assertThat(late.receive(Vectors.signed(body))).isEqualTo(new Receipt.Stale(List.of(REF)));
    }

    @Test
    void what_an_event_omits_is_absent() {
        ChangeEvent event = single(dated("\"name\":\"Budi\"")).event();
        assertThat(event.properties()).containsOnlyKeys("name");
        assertThat(event.full()).isFalse();
    }

    @Test
    void contact_without_a_time_is_dated_by_its_envelope() {
        assertThat(single(contact("\"name\":\"Budi\"")).event().asOf())
                .isEqualTo(AsOf.at(Instant.parse("2024-05-23T15:59:59Z")));
        assertThat(single(contact("\"name\":\"Budi\",\"updated_at\":\"yesterday\""))
                        .event()
                        .asOf())
                .isEqualTo(AsOf.at(Instant.parse("2024-05-23T15:59:59Z")));
    }

    @Test
    void time_with_an_offset_is_understood() {
        assertThat(single(contact("\"updated_at\":\"2024-05-23T22:59:58.123+07:00\""))
                        .event()
                        .asOf())
                .isEqualTo(AsOf.at(Instant.parse(UPDATED)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+999999999-01-01T00:00:00Z", "-1000-01-01T00:00:00Z", "2024-13-01T00:00:00Z"})
    void event_without_any_time_believes_nothing_and_asks_for_a_read(String time) {
        ChangeEvent event = single("{\"id\":\"evt_1\",\"type\":\"contact.created\",\"created_at\":\"" + time
                        + "\",\"data\":{\"contact\":{\"id\":\"" + REF.id() + "\",\"name\":\"Budi\"}}}")
                .event();
        assertThat(event.kind()).isEqualTo(ChangeKind.GAP);
        assertThat(event.properties()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"VIP\",\"New\"]",
                "[{\"id\":\"lbl_1\",\"name\":\"VIP\"},{\"id\":\"lbl_2\",\"object\":\"label\",\"name\":\"New\"}]",
                "[\"VIP\",{\"name\":\"New\"}]",
            })
    void labels_are_told_by_name_in_either_shape(String labels) {
        assertThat(properties("\"labels\":" + labels)).containsEntry("labels", items("VIP", "New"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"VIP\"",
                "[\"VIP\",null]",
                "[\"VIP\",7]",
                "[\"VIP\",\" \"]",
                "[\"VIP\",{\"id\":\"lbl_01HXYZABCDEFGHJKMNPQRSTVWX\"}]",
                "[\"VIP\",\"lbl_01HXYZABCDEFGHJKMNPQRSTVWX\"]",
                "[[\"VIP\"]]",
            })
    void labels_that_are_no_list_of_names_are_absent(String labels) {
        assertThat(properties("\"labels\":" + labels)).doesNotContainKey("labels");
    }

    @Test
    void metadata_keeps_the_types_of_its_values() {
        assertThat(properties("\"metadata\":{\"text\":\"a\",\"number\":1.50,\"flag\":true,\"none\":null,\"list\":[1],"
                        + "\"map\":{\"b\":1,\"a\":2}}"))
                .containsEntry(
                        "metadata",
                        new NativeValue.Entries(Map.of(
                                "text",
                                NativeValue.text("a"),
                                "number",
                                new NativeValue.Number(new java.math.BigDecimal("1.5")),
                                "flag",
                                NativeValue.flag(true),
                                "none",
                                NativeValue.EMPTY,
                                "list",
                                new NativeValue.Items(List.of(NativeValue.number(1))),
                                "map",
                                new NativeValue.Entries(
                                        Map.of("a", NativeValue.number(2), "b", NativeValue.number(1))))));
        assertThat(properties("\"metadata\":null")).containsEntry("metadata", NativeValue.EMPTY);
        assertThat(properties("\"metadata\":[\"a\"]")).doesNotContainKey("metadata");
    }

    @Test
    void number_for_a_text_is_its_text_and_a_map_is_nothing() {
        assertThat(properties("\"phone_number\":6281200000001,\"name\":{\"first\":\"a\"},\"email\":[\"a\"]"))
                .containsExactly(Map.entry("phone_number", NativeValue.text("6281200000001")));
    }

    @Test
    void dedupe_key_is_the_signed_id_and_no_header() {
        assertThat(single(dated("")).dedupeKey()).isEqualTo("evt_1");
        String longest = "evt_" + "x".repeat(500);
        assertThat(single(dated("").replace("evt_1", longest)).dedupeKey()).hasSizeLessThanOrEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conversation.reopened",
                "message.sent",
                "contact.identity_updated",
                "customer.created",
                "contact.deleted",
                "?"
            })
    void type_that_is_not_followed_is_accepted_and_ignored(String type) {
        assertThat(webhooks.receive(
                        Vectors.signed(envelope(type, "{\"conversation\":{\"id\":\"cnv_1\",\"status\":\"open\"}}"))))
                .isEqualTo(new Receipt.Accepted(List.of()));
    }

    @Test
    void events_of_another_number_are_left_alone_when_the_number_is_configured() {
        String body = dated("\"name\":\"Budi\",\"whatsapp_account\":{\"phone_number\":\"+62 812-0000 9999\"}");
        assertThat(((Receipt.Accepted) webhooks("6281200009999").receive(Vectors.signed(body))).events())
                .hasSize(1);
        assertThat(((Receipt.Accepted) webhooks("6281200001111").receive(Vectors.signed(body))).events())
                .isEmpty();
        assertThat(((Receipt.Accepted) webhooks("6281200001111").receive(Vectors.signed(dated("")))).events())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "\"evt\"",
                "{",
                "{}",
                "{}{}",
                "{\"id\":\"evt_1\"}",
                "{\"type\":\"contact.created\"}",
                "{\"id\":null,\"type\":\"contact.created\",\"data\":{\"contact\":{\"id\":\"ctc_1\"}}}",
                "{\"id\":\"evt_1\",\"id\":\"evt_2\",\"type\":\"contact.created\"}",
                "{\"id\":\"wbd_1\",\"event\":\"contact.created\",\"delivered_at\":\"2024-05-23T15:59:59Z\",\"data\":{}}",
                "{\"id\":\"evt_1\",\"type\":\"contact.created\"}",
                "{\"id\":\"evt_1\",\"type\":\"contact.created\",\"data\":[]}",
                "{\"id\":\"evt_1\",\"type\":\"contact.created\",\"data\":{\"contact\":\"ctc_1\"}}",
                "{\"id\":\"evt_1\",\"type\":\"contact.created\",\"data\":{\"contact\":{\"id\":7}}}",
                "{\"id\":\"evt_1\",\"type\":\"contact.created\",\"data\":{\"contact\":{\"id\":\"../me\"}}}",
                "{\"id\":\"evt_1\",\"type\":\"contact.created\",\"data\":{\"contact\":{\"id\":\"\"}}}",
            })
    void body_that_cannot_be_understood_is_malformed(String body) {
        assertThat(webhooks.receive(Vectors.signed(body))).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void malformed_receipt_tells_no_personal_value() {
        Receipt receipt = webhooks.receive(
                Vectors.signed(
                        "{\"id\":\"evt_1\",\"type\":\"contact.created\",\"data\":{\"contact\":{\"email\":\"ana@example.com\"}}}"));
        assertThat(receipt.toString()).contains("Malformed").doesNotContain("ana");
    }

    @Test
    void hostile_bodies_never_throw() {
        String deep =
                "{\"id\":\"e\",\"type\":\"contact.updated\",\"data\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        String exponent = dated("\"metadata\":{\"n\":1e999999999999}");
        String huge = dated("\"metadata\":{\"n\":1e999999999}");
        for (String body : List.of(deep, exponent, huge)) {
            assertThatCode(() -> webhooks.receive(Vectors.signed(body))).doesNotThrowAnyException();
        }
        Random random = new Random(7);
        byte[] whole = dated("\"name\":\"Budi é\",\"metadata\":{\"a\":[1,{\"b\":null}]},\"labels\":[{\"name\":\"x\"}]")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3_000; i++) {
            byte[] spoilt = whole.clone();
            for (int hit = random.nextInt(4); hit >= 0; hit--) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            }
            assertThat(webhooks.receive(Vectors.signed(spoilt, Vectors.SECONDS)))
                    .isInstanceOfAny(Receipt.Accepted.class, Receipt.Malformed.class);
        }
    }
}
