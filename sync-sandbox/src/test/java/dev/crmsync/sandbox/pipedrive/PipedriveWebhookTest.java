package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.admin.Waiting;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How webhooks are made, delivered, tried again, banned and taken away. */
class PipedriveWebhookTest {
    private final PipedriveEars ears = new PipedriveEars();
    private final Rig rig = ears.rig;
    private final AdminClient admin = ears.admin;
    private final PipedrivePeople people = ears.people;

    PipedriveWebhookTest() throws IOException {}

    @AfterEach
    void stop() {
        ears.close();
    }

    @Test
    void basic_auth_is_sent_and_nothing_is_signed() throws IOException {
        Map<String, Object> body = ears.subscription("create", "person");
        body.put("http_auth_user", "kirim");
        body.put("http_auth_password", "se:cret");
        rig.pipedrive("POST", "/v1/webhooks", body);
        people.makePerson("Ana");
        Request hook = ears.receiver.await(1).get(0);
        String pair = Base64.getEncoder().encodeToString("kirim:se:cret".getBytes(StandardCharsets.UTF_8));
        assertThat(hook.header("Authorization")).isEqualTo("Basic " + pair);
        assertThat(hook.headers().keySet()).noneMatch(name -> name.contains("signature"));
    }

    @Test
    void a_failure_is_tried_three_times_more_under_the_same_id() throws IOException {
        ears.subscribe("create", "person");
        ears.receiver.answers(Reply.empty(500));
        people.makePerson("Ana");
        ears.attempted(1);
        for (int wait : new int[] {3, 30, 150}) {
            int before = ears.receiver.received.size();
            assertThat(admin.deliveries().get(0)).containsEntry("dueAt", rig.clock.millis() + wait * 1000L);
            rig.clock.advance(Duration.ofSeconds(wait));
            ears.attempted(before + 1);
        }
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        assertThat(admin.deliveries().get(0)).containsEntry("status", "dead");
        List<JsonNode> told = ears.receiver.received.stream().map(Request::json).toList();
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
        ears.subscribe("create", "person");
        ears.receiver.answers(Reply.empty(500));
        for (int i = 0; i < 10; i++) {
            people.makePerson("P" + i);
            ears.attempted(i + 1);
        }
        ears.receiver.answers(Reply.empty(200));
        people.makePerson("Lost");
        assertThat(admin.deliveries()).hasSize(10);
        rig.clock.advance(Duration.ofMinutes(29));
        people.makePerson("Lost too");
        rig.clock.advance(Duration.ofMinutes(1));
        people.makePerson("Heard");
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        List<String> names = ears.receiver.received.stream()
                .map(hook -> hook.json().at("/data/name").asText())
                .toList();
        assertThat(names).contains("Heard").doesNotContain("Lost", "Lost too");
    }

    @Test
    void three_days_without_success_take_the_webhook_away() throws IOException {
        ears.subscribe("create", "person");
        ears.receiver.answers(Reply.empty(410));
        people.makePerson("Day 1");
        ears.attempted(1);
        rig.clock.advance(Duration.ofDays(3));
        people.makePerson("Day 4");
        Waiting.until(5_000, () -> people.webhooks().get(0).get("is_active").equals(0));
        JsonNode webhook = rig.pipedrive("GET", "/v1/webhooks", null).data().path(0);
        assertThat(webhook.path("is_active").asInt()).isZero();
        assertThat(webhook.path("remove_reason").asText()).isNotEmpty();
        assertThat(webhook.path("remove_time").isTextual()).isTrue();
        // It leaves room for another one, and can be gone for good, too.
        admin.turn("webhooks.removed_listed", false);
        ears.subscribe("delete", "person");
        people.delete("person", "1");
        Waiting.until(5_000, () -> rig.sandbox.pipedrive().outbox().quiet(false));
        rig.clock.advance(Duration.ofDays(3));
        people.delete("person", "2");
        assertThat(Waiting.until(5_000, () -> people.webhooks().size() == 1)).isTrue();
        int before = admin.deliveries().size();
        people.makePerson("Day 5");
        assertThat(admin.deliveries()).hasSize(before);
    }

    @Test
    void a_redirect_is_a_failure() throws IOException {
        ears.subscribe("create", "person");
        ears.receiver.answers(Reply.empty(302).with("Location", ears.receiver.url()));
        people.makePerson("Ana");
        ears.attempted(1);
        assertThat(admin.deliveries().get(0)).containsEntry("status", "pending").containsEntry("lastStatus", 302);
    }

    @Test
    void a_user_who_may_not_see_a_record_is_not_told_of_it() throws IOException {
        long sari = Long.parseLong(people.makeUser("Sari", "sari@example.com", false));
        Map<String, Object> body = ears.subscription("create", "person");
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
    void events_are_dropped_doubled_and_delayed_by_dials() throws IOException {
        ears.subscribe("create", "person");
        admin.turn("webhooks.duplicate", 1);
        people.makePerson("Twice");
        List<JsonNode> twice = ears.drained();
        assertThat(twice).hasSize(2);
        assertThat(twice.get(0)).isEqualTo(twice.get(1));
        admin.turn(Map.of("webhooks.duplicate", 0, "webhooks.drop", 1));
        people.makePerson("Never");
        assertThat(ears.drained()).hasSize(2);
        admin.turn(Map.of("webhooks.drop", 0, "webhooks.delay_ms", 5_000));
        people.makePerson("Late");
        assertThat(ears.receiver.received).hasSize(2);
        rig.clock.advance(Duration.ofSeconds(5));
        assertThat(ears.receiver.await(3)).hasSize(3);
    }

    @Test
    void webhooks_are_made_listed_and_deleted_and_forty_are_enough() throws IOException {
        for (String missing : List.of("subscription_url", "event_action", "event_object", "name")) {
            Map<String, Object> body = ears.subscription("create", "person");
            body.remove(missing);
            Answer refused = rig.pipedrive("POST", "/v1/webhooks", body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().path("status").asText()).isEqualTo("error");
            assertThat(refused.body().at("/errors/" + missing)).hasSize(1);
        }
        Map<String, Object> plain = ears.subscription("create", "person");
        plain.put("subscription_url", "http://example.com/hook");
        assertThat(rig.pipedrive("POST", "/v1/webhooks", plain).status()).isEqualTo(400);
        assertThat(rig.pipedrive("POST", "/v1/webhooks", ears.subscription("added", "person"))
                        .status())
                .isEqualTo(400);
        String first = "";
        for (int i = 0; i < 40; i++) {
            Answer made = rig.pipedrive("POST", "/v1/webhooks", ears.subscription("create", "person"));
            assertThat(made.status()).isEqualTo(201);
            first = first.isEmpty() ? made.data().path("id").asText() : first;
        }
        assertThat(rig.pipedrive("POST", "/v1/webhooks", ears.subscription("create", "person"))
                        .status())
                .isEqualTo(422);
        assertThat(rig.pipedrive("GET", "/v1/webhooks", null).data()).hasSize(40);
        assertThat(rig.pipedrive("DELETE", "/v1/webhooks/" + first, null).status())
                .isEqualTo(200);
        assertThat(rig.pipedrive("DELETE", "/v1/webhooks/" + first, null).status())
                .isEqualTo(404);
        rig.clock.advance(Duration.ofSeconds(3));
        assertThat(rig.pipedrive("POST", "/v1/webhooks", ears.subscription("create", "person"))
                        .status())
                .isEqualTo(201);
    }

    private List<String> names() {
        return ears.drained().stream()
                .map(event -> event.at("/data/name").asText())
                .toList();
    }
}
