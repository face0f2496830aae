package dev.crmsync.adapter.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant OCCURRED = Instant.parse("2026-05-01T11:59:58.123Z");

    private final Webhooks webhooks = webhooks("54321", "62515");

    private static Webhooks webhooks(String appId, String portalId) {
        InstantSource clock = InstantSource.fixed(NOW);
        return new Webhooks(
                new RequestSignatures(SecretSource.of(Vectors.SECRET), null, clock),
                new WebhookEvents(
                        "crm",
                        appId,
                        portalId,
                        Set.of(ObjectKind.CONTACT, ObjectKind.TICKET),
                        Set.of("1", "2"),
                        clock));
    }

    private static String item(String type, String more) {
        return "{\"eventId\":7,\"subscriptionId\":1,\"portalId\":62515,\"appId\":54321,\"occurredAt\":"
                + OCCURRED.toEpochMilli() + ",\"subscriptionType\":\"" + type
                + "\",\"attemptNumber\":0,\"objectId\":501" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private static RecordRef contact(String id) {
        return new RecordRef("crm", "contact", id);
    }

    private List<Receipt.Keyed> accepted(String body) {
        Receipt receipt = webhooks.receive(Vectors.signedV1(body));
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) receipt).events();
    }

    private ChangeEvent single(String item) {
        List<Receipt.Keyed> events = accepted("[" + item + "]");
        assertThat(events).hasSize(1);
        return events.get(0).event();
    }

    @Test
    void property_change_tells_one_property_at_its_moment() {
        assertThat(single(
                        item("contact.propertyChange", "\"propertyName\":\"email\",\"propertyValue\":\"a@b.example\"")))
                .isEqualTo(ChangeEvent.partial(
                        contact("501"),
                        Map.of("email", NativeValue.text("a@b.example")),
                        AsOf.at(OCCURRED),
                        Evidence.EVENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void property_change_to_nothing_tells_that_the_property_is_empty(String nothing) {
        ChangeEvent event =
                single(item("contact.propertyChange", "\"propertyName\":\"phone\",\"propertyValue\":" + nothing));
        assertThat(event.kind()).isEqualTo(ChangeKind.UPSERT);
        assertThat(event.properties()).containsExactly(Map.entry("phone", NativeValue.EMPTY));
    }

    @ParameterizedTest
    @CsvSource({"42, 42", "true, true", "1.5, 1.5"})
    void property_value_of_another_json_type_is_its_text(String json, String text) {
        assertThat(single(item("contact.propertyChange", "\"propertyName\":\"age\",\"propertyValue\":" + json))
                        .properties())
                .containsExactly(Map.entry("age", NativeValue.text(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"propertyName\":\"email\",\"propertyValue\":\"REDACTED\",\"isSensitive\":true",
                "\"propertyName\":\"email\",\"propertyValue\":\"REDACTED\"",
                "\"propertyName\":\"email\"",
                "\"propertyName\":\"email\",\"propertyValue\":{\"a\":1}",
                "\"propertyValue\":\"x\"",
                "\"propertyName\":7.5,\"propertyValue\":\"x\"",
            })
    void property_change_that_hides_or_garbles_its_value_asks_for_a_read(String more) {
        ChangeEvent event = single(item("contact.propertyChange", more));
        assertThat(event.kind()).isEqualTo(ChangeKind.GAP);
        assertThat(event.ref()).isEqualTo(contact("501"));
        assertThat(event.properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "contact.creation, GAP",
        "contact.deletion, ARCHIVE",
        "contact.privacyDeletion, DELETE",
        "contact.restore, RESTORE",
    })
    void classic_event_is_understood(String type, ChangeKind kind) {
        ChangeEvent event = single(item(type, ""));
        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.ref()).isEqualTo(contact("501"));
        assertThat(event.asOf()).isEqualTo(AsOf.at(OCCURRED));
    }

    @ParameterizedTest
    @CsvSource({"object.creation, GAP", "object.deletion, ARCHIVE", "object.restore, RESTORE"})
    void generic_event_about_a_contact_is_understood(String type, ChangeKind kind) {
        assertThat(single(item(type, "\"objectTypeId\":\"0-1\"")).kind()).isEqualTo(kind);
    }

    @Test
    void generic_property_change_about_a_contact_is_understood() {
        assertThat(single(item(
                                "object.propertyChange",
                                "\"objectTypeId\":\"0-1\",\"propertyName\":\"firstname\",\"propertyValue\":\"Ana\""))
                        .properties())
                .containsExactly(Map.entry("firstname", NativeValue.text("Ana")));
    }

    @Test
    void older_deliveries_name_the_event_type() {
        assertThat(single("{\"eventType\":\"contact.deletion\",\"objectId\":\"501\",\"occurredAt\":\""
                                + OCCURRED.toEpochMilli() + "\"}")
                        .kind())
                .isEqualTo(ChangeKind.ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contact.associationChange",
                "object.associationChange",
                "company.creation",
                "deal.propertyChange",
                "conversation.newMessage",
                "contact.somethingNew",
                "deal.merge",
            })
    void what_is_not_followed_is_accepted_and_ignored(String type) {
        assertThat(accepted("[" + item(type, "\"objectTypeId\":\"0-1\"") + "]")).isEmpty();
    }

    @Test
    void generic_event_about_a_company_is_ignored() {
        assertThat(accepted("[" + item("object.deletion", "\"objectTypeId\":\"0-2\"") + "]"))
                .isEmpty();
    }

    @Test
    void event_of_another_account_is_ignored() {
        assertThat(accepted("[" + item("contact.deletion", "").replace("62515", "62516") + "]"))
                .isEmpty();
    }

    @Test
    void merge_leads_every_old_id_to_the_new_one_and_asks_to_read_it() {
        List<Receipt.Keyed> events = accepted("["
                + item(
                        "contact.merge",
                        "\"primaryObjectId\":501,\"mergedObjectIds\":[502,503],\"newObjectId\":900,\"numberOfPropertiesMoved\":4")
                + "]");
        assertThat(events.stream().map(Receipt.Keyed::event))
                .containsExactlyInAnyOrder(
                        merged("502", "900"), merged("503", "900"), merged("501", "900"), gap("900"));
        assertThat(events.get(0).event())
                .as("of two records elsewhere the primary's goes on, so it takes the new id first")
                .isEqualTo(merged("501", "900"));
        assertThat(events.stream().map(Receipt.Keyed::dedupeKey)).doesNotHaveDuplicates();
    }

    @Test
    void merge_that_keeps_the_primary_id_leads_only_the_others_there() {
        List<Receipt.Keyed> events = accepted("["
                + item("object.merge", "\"objectTypeId\":\"0-1\",\"primaryObjectId\":501,\"mergedObjectIds\":[502]")
                + "]");
        assertThat(events.stream().map(Receipt.Keyed::event))
                .containsExactlyInAnyOrder(merged("502", "501"), gap("501"));
    }

    private static ChangeEvent merged(String from, String into) {
        return ChangeEvent.merged(contact(from), contact(into), AsOf.at(OCCURRED), Evidence.EVENT);
    }

    private static ChangeEvent gap(String id) {
        return ChangeEvent.of(contact(id), ChangeKind.GAP, AsOf.at(OCCURRED), Evidence.EVENT);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "INTEGRATION, '\"54321\"', OURS",
        "INTEGRATION, 54321, OURS",
        "INTEGRATION, '\"99999\"', OTHERS",
        "INTEGRATION, '\"\"', UNKNOWN",
        "CRM_UI, '\"userId:54321\"', OTHERS",
        "CRM_UI, '\"54321\"', OTHERS",
        "AUTOMATION_PLATFORM, '\"54321\"', OTHERS",
    })
    void origin_is_ours_only_by_mark_and_app_id(String source, String id, Origin expected) {
        assertThat(single(item("contact.creation", "\"changeSource\":\"" + source + "\",\"sourceId\":" + id))
                        .origin())
                .isEqualTo(expected);
    }

    @Test
    void origin_of_an_integration_is_unknown_while_our_app_id_is() {
        Receipt receipt = webhooks(null, null)
                .receive(Vectors.signedV1("["
                        + item("contact.creation", "\"changeSource\":\"INTEGRATION\",\"sourceId\":\"54321\"") + "]"));
        assertThat(((Receipt.Accepted) receipt).events().get(0).event().origin())
                .isEqualTo(Origin.UNKNOWN);
    }

    @Test
    void every_delivery_of_an_event_has_the_same_key() {
        String change = item("contact.propertyChange", "\"propertyName\":\"email\",\"propertyValue\":\"a\"");
        String again = change.replace("\"attemptNumber\":0", "\"attemptNumber\":3");
        assertThat(accepted("[" + change + "]").get(0).dedupeKey())
                .isEqualTo(accepted("[" + again + "]").get(0).dedupeKey());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"eventId\":7', '\"eventId\":8'",
        "'\"objectId\":501', '\"objectId\":502'",
        "'\"propertyName\":\"email\"', '\"propertyName\":\"phone\"'",
        "98123, 98124",
        "contact.propertyChange, object.propertyChange",
    })
    void another_event_has_another_key(String part, String other) {
        String change = item(
                "contact.propertyChange",
                "\"objectTypeId\":\"0-1\",\"propertyName\":\"email\",\"propertyValue\":\"a\"");
        assertThat(change).contains(part);
        assertThat(accepted("[" + change + "]").get(0).dedupeKey())
                .isNotEqualTo(
                        accepted("[" + change.replace(part, other) + "]").get(0).dedupeKey());
    }

    @Test
    void key_never_bears_a_value_and_stays_short() {
        String change = item(
                "contact.propertyChange", "\"propertyName\":\"" + "p".repeat(250) + "\",\"propertyValue\":\"secret\"");
        String key = accepted("[" + change + "]").get(0).dedupeKey();
        assertThat(key).doesNotContain("secret").hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void full_body_of_a_hundred_events_keeps_its_order() {
        String body = IntStream.range(0, 100)
                .mapToObj(i -> item("contact.deletion", "").replace("501", Integer.toString(1000 + i)))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(accepted(body).stream().map(keyed -> keyed.event().ref().id()))
                .containsExactlyElementsOf(
                        IntStream.range(1000, 1100).mapToObj(Integer::toString).toList());
    }

    @Test
    void odd_item_does_not_take_its_neighbours_along() {
        assertThat(accepted("[17, " + item("contact.deletion", "") + ", {\"subscriptionType\":\"contact.deletion\"}]"))
                .hasSize(1);
    }

    @Test
    void event_without_a_time_asks_for_a_read() {
        assertThat(single("{\"subscriptionType\":\"contact.deletion\",\"objectId\":501,\"occurredAt\":-5}"))
                .isEqualTo(ChangeEvent.of(contact("501"), ChangeKind.GAP, AsOf.at(NOW), Evidence.EVENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "\"text\"",
                "17",
                "null",
                "[",
                "[{}] []",
                "[{\"objectId\":1,\"objectId\":2}]",
                "[{}]",
                "[1,2,3]",
                "[{\"subscriptionType\":\"contact.deletion\",\"objectId\":\"../../x\"}]",
            })
    void well_signed_nonsense_is_malformed(String body) {
        assertThat(webhooks.receive(Vectors.signedV1(body))).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void bytes_that_are_no_utf8_are_malformed() {
        byte[] body = ("[" + item("contact.propertyChange", "\"propertyName\":\"email\",\"propertyValue\":\"?\"") + "]")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '?' ? (byte) 0xE9 : body[i];
        }
        assertThat(webhooks.receive(Vectors.signedV1(body))).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void text_appended_to_a_signed_body_is_refused() {
        // What lengthening a v1 digest allows: the padding of SHA-256, then anything.
        String body = "[" + item("contact.deletion", "") + "]\u0080\u0000\u0000,[]";
        assertThat(webhooks.receive(Vectors.signedV1(body))).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void empty_array_is_accepted() {
        assertThat(accepted("[]")).isEmpty();
    }

    @Test
    void unsigned_body_is_not_looked_at() {
        assertThat(webhooks.receive(Vectors.request("POST", Vectors.URI, Vectors.BODY, Map.of())))
                .isInstanceOf(Receipt.BadSignature.class);
    }

    @Test
    void old_delivery_only_names_its_records() {
        String body = "[" + item("contact.deletion", "") + ","
                + item("contact.merge", "\"mergedObjectIds\":[502],\"newObjectId\":900") + ","
                + item("company.deletion", "") + "]";
        WebhookRequest old = Vectors.signedV3(
                Vectors.URI, Vectors.URI, body, NOW.minusSeconds(301).toEpochMilli());
        assertThat(webhooks.receive(old))
                .isEqualTo(new Receipt.Stale(List.of(contact("501"), contact("502"), contact("900"))));
    }

    @Test
    void hostile_bytes_never_throw() {
        Random random = new Random(4711);
        String seed = "[" + item("contact.merge", "\"mergedObjectIds\":[502],\"newObjectId\":900") + ","
                + item("contact.propertyChange", "\"propertyName\":\"email\",\"propertyValue\":\"a\"") + "]";
        for (int round = 0; round < 5_000; round++) {
            byte[] body = seed.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(6); change >= 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> webhooks.receive(Vectors.signedV1(body))).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"occurredAt\":1e999999999",
                "\"occurredAt\":99999999999999999999999999999999",
                "\"objectId\":1e400",
                "\"mergedObjectIds\":{\"a\":[1]}",
                "\"newObjectId\":[[[]]]",
                "\"propertyName\":null",
                "\"sourceId\":{}",
                "\"eventId\":[1]",
            })
    void hostile_field_never_throws(String field) {
        for (String type : List.of("contact.merge", "contact.propertyChange", "contact.creation")) {
            String body = "[{\"subscriptionType\":\"" + type + "\"," + field + "}]";
            assertThatCode(() -> webhooks.receive(Vectors.signedV1(body))).doesNotThrowAnyException();
        }
    }

    @Test
    void deep_nesting_never_throws() {
        assertThat(webhooks.receive(Vectors.signedV1("[".repeat(100_000)))).isInstanceOf(Receipt.Malformed.class);
    }

    private static RecordRef ticket(String id) {
        return new RecordRef("crm", "conversation", id);
    }

    private List<ChangeEvent> told(String item) {
        return ((Receipt.Accepted) webhooks.receive(Vectors.signedV1("[" + item + "]")))
                .events().stream().map(Receipt.Keyed::event).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket.associationChange|\"associationType\":\"TICKET_TO_CONTACT\",\"fromObjectId\":7,\"toObjectId\":501",
                "ticket.associationChange|\"associationType\":\"CONTACT_TO_TICKET\",\"fromObjectId\":501,\"toObjectId\":7",
                "contact.associationChange|\"associationType\":\"CONTACT_TO_TICKET\",\"fromObjectId\":501,\"toObjectId\":7",
                "object.associationChange|\"fromObjectTypeId\":\"0-5\",\"toObjectTypeId\":\"0-1\",\"fromObjectId\":7,\"toObjectId\":501",
                "object.associationChange|\"fromObjectTypeId\":\"0-1\",\"toObjectTypeId\":\"0-5\",\"fromObjectId\":501,\"toObjectId\":7",
                "object.associationChange|\"objectTypeId\":\"0-5\",\"fromObjectId\":7,\"toObjectId\":501",
                "ticket.associationChange|\"fromObjectId\":7,\"toObjectId\":501"
            })
    void a_changed_association_has_the_ticket_read_from_whichever_side_it_is_told(String told) {
        String[] parts = told.split("\\|");
        assertThat(told(item(parts[0], parts[1]))).singleElement().satisfies(event -> {
            assertThat(event.ref()).isEqualTo(ticket("7"));
            assertThat(event.kind()).isEqualTo(ChangeKind.GAP);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket.associationChange|\"associationType\":\"TICKET_TO_COMPANY\",\"fromObjectId\":7,\"toObjectId\":9",
                "object.associationChange|\"fromObjectTypeId\":\"0-5\",\"toObjectTypeId\":\"0-2\",\"fromObjectId\":7,\"toObjectId\":9",
                "ticket.associationChange|\"associationType\":\"TICKET_TO_CONTACT\",\"fromObjectId\":{}",
                "object.propertyChange|\"objectTypeId\":\"0-46\",\"propertyName\":\"hs_note_body\",\"propertyValue\":\"<p>x</p>\"",
                "note.deletion|"
            })
    void associations_with_others_and_events_of_notes_are_not_followed(String told) {
        String[] parts = told.split("\\|", 2);
        assertThat(told(item(parts[0], parts[1]))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "hs_pipeline_stage, 2, UPSERT",
        "hs_pipeline_stage, 70, GAP",
        "hs_pipeline, 7, GAP",
        "subject, 70, UPSERT"
    })
    void a_stage_of_another_pipeline_is_no_status_but_has_the_ticket_read(String name, String value, ChangeKind kind) {
        String change = "\"propertyName\":\"" + name + "\",\"propertyValue\":\"" + value + "\"";
        assertThat(told(item("ticket.propertyChange", change)))
                .extracting(ChangeEvent::ref, ChangeEvent::kind)
                .containsExactly(tuple(ticket("501"), kind));
    }

    @Test
    void tickets_are_archived_restored_and_merged_like_contacts() {
        assertThat(told(item("ticket.deletion", "")))
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeKind.ARCHIVE);
        assertThat(told(item("ticket.restore", "")))
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeKind.RESTORE);
        assertThat(told(item("object.creation", "\"objectTypeId\":\"0-5\"")))
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeKind.GAP);
        assertThat(told(item("ticket.merge", "\"primaryObjectId\":1,\"mergedObjectIds\":[2],\"newObjectId\":3")))
                .extracting(event -> event.ref() + " " + event.kind())
                .containsExactlyInAnyOrder(ticket("1") + " MERGE", ticket("2") + " MERGE", ticket("3") + " GAP");
    }
}
