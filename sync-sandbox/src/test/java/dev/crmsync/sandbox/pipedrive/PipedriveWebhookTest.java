package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.admin.Waiting;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipedriveWebhookTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.pipedrive().adminClient();
    private final PipedrivePeople people = rig.sandbox.pipedrive().people();
    private final Receiver receiver;

    PipedriveWebhookTest() throws IOException {
        this.receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
        rig.close();
    }

    @Test
    void events_tell_of_a_creation_a_change_and_a_deletion() throws IOException {
        subscribe("*", "person");
        String code = people.makeField("person", "Kirim id", "varchar");
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana", "custom_fields", Map.of(code, "ctc_1")));
        rig.clock.advance(Duration.ofMillis(1234));
        rig.pipedrive(
                "PATCH", "/api/v2/persons/" + ana, Map.of("name", "Ana Silva", "custom_fields", Map.of(code, "ctc_2")));
        rig.pipedrive("PATCH", "/api/v2/persons/" + ana, Map.of("name", "Ana Silva"));
        rig.pipedrive("DELETE", "/api/v2/persons/" + ana, null);
        Map<String, JsonNode> events = byAction(drained());
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
        subscribe("change", "deal");
        people.makePerson("Ana");
        String deal = people.make("deal", Map.of("title", "Help"));
        people.win(deal);
        assertThat(drained()).singleElement().satisfies(event -> {
            assertThat(event.at("/meta/entity").asText()).isEqualTo("deal");
            assertThat(event.at("/meta/change_source").asText()).isEqualTo("app");
            assertThat(event.at("/previous/status").asText()).isEqualTo("open");
        });
    }

    @Test
    void notes_leads_and_activities_are_told_of_too() throws IOException {
        subscribe("*", "*");
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        rig.pipedrive("POST", "/v1/notes", Map.of("content", "x", "person_id", ana));
        String lead = rig.pipedrive("POST", "/v1/leads", Map.of("title", "x", "person_id", ana))
                .data()
                .path("id")
                .asText();
        rig.pipedriveRecord("activities", Map.of("subject", "x"));
        assertThat(drained().stream()
                        .map(event -> event.at("/meta/entity").asText() + " "
                                + event.at("/meta/entity_id").asText()))
                .containsExactlyInAnyOrder("person " + ana, "note 1", "lead " + lead, "activity 1");
    }

    @Test
    void basic_auth_is_sent_and_nothing_is_signed() throws IOException {
        Map<String, Object> body = subscription("create", "person");
        body.put("http_auth_user", "kirim");
        body.put("http_auth_password", "se:cret");
        rig.pipedrive("POST", "/v1/webhooks", body);
        people.makePerson("Ana");
        Request hook = receiver.await(1).get(0);
        String pair = Base64.getEncoder().encodeToString("kirim:se:cret".getBytes(StandardCharsets.UTF_8));
        assertThat(hook.header("Authorization")).isEqualTo("Basic " + pair);
        assertThat(hook.headers().keySet()).noneMatch(name -> name.contains("signature"));
    }

    @Test
    void a_failure_is_tried_three_times_more_under_the_same_id() throws IOException {
        subscribe("create", "person");
        receiver.answers(Reply.empty(500));
        people.makePerson("Ana");
        attempted(1);
        for (int wait : new int[] {3, 30, 150}) {
            int before = receiver.received.size();
            assertThat(admin.deliveries().get(0)).containsEntry("dueAt", rig.clock.millis() + wait * 1000L);
            rig.clock.advance(Duration.ofSeconds(wait));
            attempted(before + 1);
        }
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        assertThat(admin.deliveries().get(0)).containsEntry("status", "dead");
        List<JsonNode> told = receiver.received.stream().map(Request::json).toList();
        assertThat(told.stream().map(event -> event.at("/meta/attempt").asInt()))
                .containsExactly(1, 2, 3, 4);
        assertThat(told.stream().map(event -> event.at("/meta/id").asText()).distinct())
                .hasSize(1);
        JsonNode health = rig.pipedrive("GET", "/v1/webhooks", null).data().path(0);
        assertThat(health.path("is_active").asInt()).isEqualTo(1);
        assertThat(health.path("last_http_status").asInt()).isEqualTo(500);
    }

    @Test
    void ten_failed_first_attempts_bring_a_ban_whose_events_are_lost() throws IOException {
        subscribe("create", "person");
        receiver.answers(Reply.empty(500));
        for (int i = 0; i < 10; i++) {
            people.makePerson("P" + i);
            attempted(i + 1);
        }
        receiver.answers(Reply.empty(200));
        people.makePerson("Lost");
        assertThat(admin.deliveries()).hasSize(10);
        rig.clock.advance(Duration.ofMinutes(29));
        people.makePerson("Lost too");
        rig.clock.advance(Duration.ofMinutes(1));
        people.makePerson("Heard");
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        List<String> names = receiver.received.stream()
                .map(hook -> hook.json().at("/data/name").asText())
                .toList();
        assertThat(names).contains("Heard").doesNotContain("Lost", "Lost too");
    }

    @Test
    void three_days_without_success_take_the_webhook_away() throws IOException {
        subscribe("create", "person");
        receiver.answers(Reply.empty(410));
        people.makePerson("Day 1");
        attempted(1);
        rig.clock.advance(Duration.ofDays(3));
        people.makePerson("Day 4");
        Waiting.until(5_000, () -> people.webhooks().get(0).get("is_active").equals(0));
        JsonNode webhook = rig.pipedrive("GET", "/v1/webhooks", null).data().path(0);
        assertThat(webhook.path("is_active").asInt()).isZero();
        assertThat(webhook.path("remove_reason").asText()).isNotEmpty();
        assertThat(webhook.path("remove_time").isTextual()).isTrue();
        // It leaves room for another one, and can be gone for good, too.
        admin.turn("webhooks.removed_listed", false);
        subscribe("delete", "person");
        people.delete("person", "1");
        Waiting.until(5_000, () -> rig.sandbox.pipedrive().quiet(false));
        rig.clock.advance(Duration.ofDays(3));
        people.delete("person", "2");
        assertThat(Waiting.until(5_000, () -> people.webhooks().size() == 1)).isTrue();
        int before = admin.deliveries().size();
        people.makePerson("Day 5");
        assertThat(admin.deliveries()).hasSize(before);
    }

    @Test
    void a_redirect_is_a_failure() throws IOException {
        subscribe("create", "person");
        receiver.answers(Reply.empty(302).with("Location", receiver.url()));
        people.makePerson("Ana");
        attempted(1);
        assertThat(admin.deliveries().get(0)).containsEntry("status", "pending").containsEntry("lastStatus", 302);
    }

    @Test
    void a_restored_record_is_told_of_as_the_dial_says() throws IOException {
        String ana = people.makePerson("Ana");
        subscribe("*", "person");
        people.delete("person", ana);
        people.restore("person", ana);
        assertThat(byAction(drained())).containsOnlyKeys("delete", "change");
        admin.turn("restore.event", "create");
        people.delete("person", ana);
        people.restore("person", ana);
        assertThat(byAction(drained())).containsOnlyKeys("delete", "change", "create");
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
    void a_user_who_may_not_see_a_record_is_not_told_of_it() throws IOException {
        long sari = Long.parseLong(people.makeUser("Sari", "sari@example.com", false));
        Map<String, Object> body = subscription("create", "person");
        body.put("user_id", sari);
        rig.pipedrive("POST", "/v1/webhooks", body);
        people.make("person", Map.of("name", "Hidden", "visible_to", 1));
        people.make("person", Map.of("name", "Hers", "visible_to", 1, "owner_id", sari));
        people.make("person", Map.of("name", "Open"));
        assertThat(names()).containsExactlyInAnyOrder("Hers", "Open");
        admin.turn("webhooks.visibility", false);
        people.make("person", Map.of("name", "Hidden", "visible_to", 1));
        assertThat(names()).contains("Hidden");
    }

    @Test
    void bulk_edits_in_the_pages_look_like_the_apis() throws IOException {
        subscribe("change", "person");
        List<String> ids = List.of(people.makePerson("Ana"), people.makePerson("Ben"));
        people.bulkEdit("person", ids, Map.of("visible_to", 7));
        assertThat(drained()).hasSize(2).allSatisfy(event -> {
            assertThat(event.at("/meta/change_source").asText()).isEqualTo("api");
            assertThat(event.at("/meta/is_bulk_edit").asBoolean()).isTrue();
            assertThat(event.at("/meta/user_id").asText())
                    .isNotEqualTo(String.valueOf(rig.sandbox.pipedrive().userId()));
        });
        receiver.received.clear();
        admin.turn(Map.of("bulk.change_source", "app", "bulk.flag", false, "auth.token_owner", "person"));
        people.bulkEdit("person", ids, Map.of("visible_to", 3));
        assertThat(drained()).hasSize(2).allSatisfy(event -> {
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
        subscribe("create", "person");
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
        JsonNode customs = drained().get(0).at("/data/custom_fields");
        assertThat(customs.path(size).path("id").asLong()).isEqualTo(options.get(0));
        assertThat(customs.path(size).path("type").asText()).isEqualTo("enum");
        assertThat(customs.path(tags).at("/values/1/id").asLong()).isEqualTo(options.get(2));
        assertThat(customs.path(price).path("currency").asText()).isEqualTo("EUR");
        assertThat(customs.path(stay).path("from").asText()).isEqualTo("2026-01-01");
        assertThat(customs.path(empty).isNull()).isTrue();
        receiver.received.clear();
        admin.turn("webhooks.custom_fields", "plain");
        people.make("person", Map.of("name", "Ben", "custom_fields", Map.of(size, options.get(0))));
        assertThat(drained().get(0).at("/data/custom_fields/" + size).asLong()).isEqualTo(options.get(0));
    }

    @Test
    void times_labels_and_previous_values_are_told_as_the_dials_say() throws IOException {
        long vip = Long.parseLong(people.makeLabel("person", "VIP"));
        subscribe("*", "*");
        String deal = people.make("deal", Map.of("title", "Help"));
        assertThat(drained().get(0).at("/data/update_time").isNull()).isTrue();
        receiver.received.clear();
        rig.clock.advance(Duration.ofMillis(1234));
        people.moveTo(deal, "2");
        List<String> previous = new ArrayList<>();
        drained().get(0).path("previous").fieldNames().forEachRemaining(previous::add);
        assertThat(previous).containsExactly("stage_id");
        receiver.received.clear();
        admin.turn(Map.of(
                "webhooks.time_precision", "ms",
                "webhooks.timestamp", "seconds",
                "webhooks.person_labels", "label",
                "webhooks.previous_update_time", true));
        String ana = people.make("person", Map.of("name", "Ana", "label_ids", List.of(vip)));
        rig.clock.advance(Duration.ofMillis(1));
        people.patch("person", ana, Map.of("label_ids", List.of()));
        Map<String, JsonNode> events = byAction(drained());
        JsonNode change = events.get("change");
        assertThat(events.get("create").at("/data/label").asLong()).isEqualTo(vip);
        assertThat(change.at("/meta/timestamp").asLong()).isEqualTo(rig.clock.millis() / 1000);
        assertThat(change.at("/data/update_time").asText()).endsWith("235Z");
        assertThat(change.at("/data/label").isNull()).isTrue();
        assertThat(change.at("/data").has("label_ids")).isFalse();
        assertThat(change.at("/previous/label").asLong()).isEqualTo(vip);
        assertThat(change.at("/previous/update_time").asText()).endsWith("234Z");
    }

    @Test
    void events_are_dropped_doubled_and_delayed_by_dials() throws IOException {
        subscribe("create", "person");
        admin.turn("webhooks.duplicate", 1);
        people.makePerson("Twice");
        List<JsonNode> twice = drained();
        assertThat(twice).hasSize(2);
        assertThat(twice.get(0)).isEqualTo(twice.get(1));
        admin.turn(Map.of("webhooks.duplicate", 0, "webhooks.drop", 1));
        people.makePerson("Never");
        assertThat(drained()).hasSize(2);
        admin.turn(Map.of("webhooks.drop", 0, "webhooks.delay_ms", 5_000));
        people.makePerson("Late");
        assertThat(receiver.received).hasSize(2);
        rig.clock.advance(Duration.ofSeconds(5));
        assertThat(receiver.await(3)).hasSize(3);
    }

    @Test
    void webhooks_are_made_listed_and_deleted_and_forty_are_enough() throws IOException {
        for (String missing : List.of("subscription_url", "event_action", "event_object", "name")) {
            Map<String, Object> body = subscription("create", "person");
            body.remove(missing);
            Answer refused = rig.pipedrive("POST", "/v1/webhooks", body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().path("status").asText()).isEqualTo("error");
            assertThat(refused.body().at("/errors/" + missing)).hasSize(1);
        }
        Map<String, Object> plain = subscription("create", "person");
        plain.put("subscription_url", "http://example.com/hook");
        assertThat(rig.pipedrive("POST", "/v1/webhooks", plain).status()).isEqualTo(400);
        assertThat(rig.pipedrive("POST", "/v1/webhooks", subscription("added", "person"))
                        .status())
                .isEqualTo(400);
        String first = "";
        for (int i = 0; i < 40; i++) {
            Answer made = rig.pipedrive("POST", "/v1/webhooks", subscription("create", "person"));
            assertThat(made.status()).isEqualTo(201);
            first = first.isEmpty() ? made.data().path("id").asText() : first;
        }
        assertThat(rig.pipedrive("POST", "/v1/webhooks", subscription("create", "person"))
                        .status())
                .isEqualTo(422);
        assertThat(rig.pipedrive("GET", "/v1/webhooks", null).data()).hasSize(40);
        assertThat(rig.pipedrive("DELETE", "/v1/webhooks/" + first, null).status())
                .isEqualTo(200);
        assertThat(rig.pipedrive("DELETE", "/v1/webhooks/" + first, null).status())
                .isEqualTo(404);
        rig.clock.advance(Duration.ofSeconds(3));
        assertThat(rig.pipedrive("POST", "/v1/webhooks", subscription("create", "person"))
                        .status())
                .isEqualTo(201);
    }

    private void subscribe(String action, String object) throws IOException {
        assertThat(rig.pipedrive("POST", "/v1/webhooks", subscription(action, object))
                        .status())
                .isEqualTo(201);
    }

    private Map<String, Object> subscription(String action, String object) {
        Map<String, Object> body = new HashMap<>();
        body.put("subscription_url", receiver.url());
        body.put("event_action", action);
        body.put("event_object", object);
        body.put("name", "crm-sync");
        return body;
    }

    /** Waits until so many attempts have been answered and judged. */
    private void attempted(int count) {
        assertThat(Waiting.until(
                        5_000,
                        () -> receiver.received.size() == count
                                && admin.deliveries().stream().noneMatch(one -> Objects.equals(one.get("attempts"), 0))
                                && admin.deliveries().stream()
                                        .allMatch(one -> !Objects.equals(one.get("lastStatus"), 0))
                                && rig.sandbox.pipedrive().quiet(false)))
                .isTrue();
    }

    private List<String> names() {
        return drained().stream().map(event -> event.at("/data/name").asText()).toList();
    }

    private List<JsonNode> drained() {
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        return receiver.received.stream().map(Request::json).toList();
    }

    private static Map<String, JsonNode> byAction(List<JsonNode> events) {
        Map<String, JsonNode> by = new HashMap<>();
        events.forEach(event -> by.put(event.at("/meta/action").asText(), event));
        return by;
    }
}
