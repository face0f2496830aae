package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What events say. */
class PipedriveEventTest {
    private final PipedriveEars ears = new PipedriveEars();
    private final Rig rig = ears.rig;
    private final AdminClient admin = ears.admin;
    private final PipedrivePeople people = ears.people;

    PipedriveEventTest() throws IOException {}

    @AfterEach
    void stop() {
        ears.close();
    }

    @Test
    void events_tell_of_a_creation_a_change_and_a_deletion() throws IOException {
        ears.subscribe("*", "person");
        String code = people.makeField("person", "Kirim id", "varchar");
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana", "custom_fields", Map.of(code, "ctc_1")));
        rig.clock.advance(Duration.ofMillis(1234));
        rig.pipedrive(
                "PATCH", "/api/v2/persons/" + ana, Map.of("name", "Ana Silva", "custom_fields", Map.of(code, "ctc_2")));
        rig.pipedrive("PATCH", "/api/v2/persons/" + ana, Map.of("name", "Ana Silva"));
        rig.pipedrive("DELETE", "/api/v2/persons/" + ana, null);
        Map<String, JsonNode> events = byAction(ears.drained());
        assertThat(events).containsOnlyKeys("create", "change", "delete");

        JsonNode create = events.get("create");
        JsonNode meta = create.path("meta");
        assertThat(meta.path("entity").asText()).isEqualTo("person");
        assertThat(meta.path("entity_id").textValue()).isEqualTo(String.valueOf(ana));
        assertThat(meta.path("company_id").textValue())
                .isEqualTo(String.valueOf(rig.sandbox.pipedrive().companyId()));
        assertThat(meta.path("user_id").textValue())
                .isEqualTo(String.valueOf(rig.sandbox.pipedrive().userId()));
        assertThat(meta.path("version").asText()).isEqualTo("2.0");
        assertThat(meta.path("change_source").asText()).isEqualTo("api");
        assertThat(meta.path("attempt").asInt()).isEqualTo(1);
        assertThat(meta.path("is_bulk_edit").asBoolean(true)).isFalse();
        assertThat(meta.path("timestamp").asText()).matches(".*T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(meta.path("permitted_user_ids")).hasSize(2);
        assertThat(create.path("previous").isNull()).isTrue();
        assertThat(create.at("/data/custom_fields/" + code + "/value").asText()).isEqualTo("ctc_1");
        assertThat(create.at("/data/visible_to").textValue()).isEqualTo("3");

        JsonNode change = events.get("change");
        assertThat(change.at("/data/name").asText()).isEqualTo("Ana Silva");
        assertThat(change.at("/data/update_time").asText()).matches(".*:\\d\\dZ");
        List<String> previous = new ArrayList<>();
        change.path("previous").fieldNames().forEachRemaining(previous::add);
        assertThat(previous).containsExactlyInAnyOrder("name", "last_name", "custom_fields");
        assertThat(change.at("/previous/name").asText()).isEqualTo("Ana");
        assertThat(change.at("/previous/custom_fields/" + code + "/value").asText())
                .isEqualTo("ctc_1");

        JsonNode delete = events.get("delete");
        assertThat(delete.path("data").isNull()).isTrue();
        assertThat(delete.at("/previous/name").asText()).isEqualTo("Ana Silva");
    }

    @Test
    void a_webhook_hears_only_what_it_asked_for() throws IOException {
        ears.subscribe("change", "deal");
        people.makePerson("Ana");
        String deal = people.make("deal", Map.of("title", "Help"));
        people.win(deal);
        assertThat(ears.drained()).singleElement().satisfies(event -> {
            assertThat(event.at("/meta/entity").asText()).isEqualTo("deal");
            assertThat(event.at("/meta/change_source").asText()).isEqualTo("app");
            assertThat(event.at("/previous/status").asText()).isEqualTo("open");
        });
    }

    @Test
    void notes_leads_and_activities_are_told_of_too() throws IOException {
        ears.subscribe("*", "*");
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        rig.pipedrive("POST", "/v1/notes", Map.of("content", "x", "person_id", ana));
        String lead = rig.pipedrive("POST", "/v1/leads", Map.of("title", "x", "person_id", ana))
                .data()
                .path("id")
                .asText();
        rig.pipedriveRecord("activities", Map.of("subject", "x"));
        assertThat(ears.drained().stream()
                        .map(event -> event.at("/meta/entity").asText() + " "
                                + event.at("/meta/entity_id").asText()))
                .containsExactlyInAnyOrder("person " + ana, "note 1", "lead " + lead, "activity 1");
    }

    @Test
    void a_restored_record_is_told_of_as_the_dial_says() throws IOException {
        String ana = people.makePerson("Ana");
        ears.subscribe("*", "person");
        people.delete("person", ana);
        people.restore("person", ana);
        assertThat(byAction(ears.drained())).containsOnlyKeys("delete", "change");
        admin.turn("restore.event", "create");
        people.delete("person", ana);
        people.restore("person", ana);
        assertThat(byAction(ears.drained())).containsOnlyKeys("delete", "change", "create");
        assertThat(rig.pipedrive("GET", "/api/v2/persons/" + ana, null)
                        .data()
                        .path("is_deleted")
                        .asBoolean(true))
                .isFalse();
        people.delete("person", ana);
        rig.clock.advance(Duration.ofDays(30));
        assertThatThrownBy(() -> people.restore("person", ana)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bulk_edits_in_the_pages_look_like_the_apis() throws IOException {
        ears.subscribe("change", "person");
        List<String> ids = List.of(people.makePerson("Ana"), people.makePerson("Ben"));
        people.bulkEdit("person", ids, Map.of("visible_to", 7));
        assertThat(ears.drained()).hasSize(2).allSatisfy(event -> {
            assertThat(event.at("/meta/change_source").asText()).isEqualTo("api");
            assertThat(event.at("/meta/is_bulk_edit").asBoolean()).isTrue();
            assertThat(event.at("/meta/user_id").asText())
                    .isNotEqualTo(String.valueOf(rig.sandbox.pipedrive().userId()));
        });
        ears.receiver.received.clear();
        admin.turn(Map.of("bulk.change_source", "app", "bulk.flag", false, "auth.token_owner", "person"));
        people.bulkEdit("person", ids, Map.of("visible_to", 3));
        assertThat(ears.drained()).hasSize(2).allSatisfy(event -> {
            assertThat(event.at("/meta/change_source").asText()).isEqualTo("app");
            assertThat(event.at("/meta/is_bulk_edit").asBoolean()).isFalse();
            assertThat(event.at("/meta/user_id").asText())
                    .isEqualTo(String.valueOf(rig.sandbox.pipedrive().userId()));
        });
    }

    @Test
    void custom_fields_are_told_with_their_types() throws IOException {
        String size = people.makeField("person", "Size", "enum", "S");
        String tags = people.makeField("person", "Tags", "set", "a", "b");
        String price = people.makeField("person", "Price", "monetary");
        String stay = people.makeField("person", "Stay", "daterange");
        String empty = people.makeField("person", "Empty", "text");
        List<Long> options = new ArrayList<>();
        for (JsonNode field :
                rig.pipedrive("GET", "/api/v2/personFields?limit=500", null).data()) {
            if (field.path("is_custom_field").asBoolean()) {
                field.path("options").forEach(one -> options.add(one.path("id").asLong()));
            }
        }
        ears.subscribe("create", "person");
        people.make(
                "person",
                Map.of(
                        "name",
                        "Ana",
                        "custom_fields",
                        Map.of(
                                size,
                                options.get(0),
                                tags,
                                options.subList(1, 3),
                                price,
                                Map.of("value", 10, "currency", "EUR"),
                                stay,
                                Map.of("value", "2026-01-01", "until", "2026-01-02"))));
        JsonNode customs = ears.drained().get(0).at("/data/custom_fields");
        assertThat(customs.path(size).path("id").asLong()).isEqualTo(options.get(0));
        assertThat(customs.path(size).path("type").asText()).isEqualTo("enum");
        assertThat(customs.path(tags).at("/values/1/id").asLong()).isEqualTo(options.get(2));
        assertThat(customs.path(price).path("currency").asText()).isEqualTo("EUR");
        assertThat(customs.path(stay).path("from").asText()).isEqualTo("2026-01-01");
        assertThat(customs.path(empty).isNull()).isTrue();
        ears.receiver.received.clear();
        admin.turn("webhooks.custom_fields", "plain");
        people.make("person", Map.of("name", "Ben", "custom_fields", Map.of(size, options.get(0))));
        assertThat(ears.drained().get(0).at("/data/custom_fields/" + size).asLong())
                .isEqualTo(options.get(0));
    }

    @Test
    void times_labels_and_previous_values_are_told_as_the_dials_say() throws IOException {
        long vip = Long.parseLong(people.makeLabel("person", "VIP"));
        ears.subscribe("*", "*");
        String deal = people.make("deal", Map.of("title", "Help"));
        assertThat(ears.drained().get(0).at("/data/update_time").isNull()).isTrue();
        ears.receiver.received.clear();
        rig.clock.advance(Duration.ofMillis(1234));
        people.moveTo(deal, "2");
        List<String> previous = new ArrayList<>();
        ears.drained().get(0).path("previous").fieldNames().forEachRemaining(previous::add);
        assertThat(previous).containsExactly("stage_id");
        ears.receiver.received.clear();
        admin.turn(Map.of(
                "webhooks.time_precision", "ms",
                "webhooks.timestamp", "seconds",
                "webhooks.person_labels", "label",
                "webhooks.previous_update_time", true));
        String ana = people.make("person", Map.of("name", "Ana", "label_ids", List.of(vip)));
        rig.clock.advance(Duration.ofMillis(1));
        people.patch("person", ana, Map.of("label_ids", List.of()));
        Map<String, JsonNode> events = byAction(ears.drained());
        JsonNode change = events.get("change");
        assertThat(events.get("create").at("/data/label").asLong()).isEqualTo(vip);
        assertThat(change.at("/meta/timestamp").asLong()).isEqualTo(rig.clock.millis() / 1000);
        assertThat(change.at("/data/update_time").asText()).endsWith("235Z");
        assertThat(change.at("/data/label").isNull()).isTrue();
        assertThat(change.at("/data").has("label_ids")).isFalse();
        assertThat(change.at("/previous/label").asLong()).isEqualTo(vip);
        assertThat(change.at("/previous/update_time").asText()).endsWith("234Z");
    }

    private static Map<String, JsonNode> byAction(List<JsonNode> events) {
        Map<String, JsonNode> by = new HashMap<>();
        events.forEach(event -> by.put(event.at("/meta/action").asText(), event));
        return by;
    }
}
