package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Waiting;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How events arrive: the handshake, the signature, gathering, retries, duplicates. */
class NotionWebhookTest {
    private static final int EIGHT = 8;

    private final NotionEars ears = new NotionEars();

    NotionWebhookTest() throws IOException {}

    @AfterEach
    void stop() {
        ears.close();
    }

    @Test
    void a_subscription_is_silent_until_its_token_was_pasted_back() {
        String id = ears.people.subscribe(ears.receiver.url());
        Request handshake = ears.receiver.await(1).get(0);
        assertThat(handshake.json().properties()).hasSize(1);
        String token = handshake.json().path("verification_token").asText();
        assertThat(token).startsWith("secret_");
        assertThat(handshake.header("X-Notion-Signature")).isNull();
        ears.people.make(Map.of("Name", "Ana"));
        assertThat(ears.heard()).hasSize(1);
        assertThatThrownBy(() -> ears.people.verify(id, "secret_wrong")).hasMessageContaining("not the one");
        ears.people.verify(id, token);
        ears.people.make(Map.of("Name", "Ben"));
        assertThat(ears.types()).contains("page.created", "data_source.content_updated");
        Request event = ears.receiver.received.get(1);
        assertThat(event.header("X-Notion-Signature")).isEqualTo(NotionSignature.header(token, event.body()));
    }

    @Test
    void the_address_changes_only_before_it_is_verified() {
        String wrong = ears.people.subscribe("http://127.0.0.1:9/nowhere");
        ears.admin.any("PATCH", "/webhooks/" + wrong, Map.of("url", ears.receiver.url()));
        ears.admin.any("POST", "/webhooks/" + wrong + "/resend", null);
        String token =
                ears.receiver.await(1).get(0).json().path("verification_token").asText();
        ears.people.verify(wrong, token);
        assertThatThrownBy(
                        () -> ears.admin.any("PATCH", "/webhooks/" + wrong, Map.of("url", "https://example.com/hook")))
                .hasMessageContaining("before it is verified");
        assertThatThrownBy(() -> ears.people.subscribe("http://example.com/hook"))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> ears.people.subscribe(ears.receiver.url(), "page.vanished"))
                .hasMessageContaining("page.vanished");
    }

    @Test
    void changes_of_one_page_are_one_event_with_all_of_its_authors() throws IOException {
        ears.subscribe("page.properties_updated");
        String id = ears.people.make(Map.of("Name", "Ana"));
        ears.admin.turn("webhooks.delay_ms", 60_000);
        ears.people.patch(id, Map.of("Score", 1));
        NotionSay.patch(ears.rig, id, Map.of("Score", Map.of("number", 2), "VIP", Map.of("checkbox", true)));
        ears.admin.any(
                "POST", "/edits", Map.of("op", "patch", "id", id, "agent", true, "properties", Map.of("VIP", false)));
        List<JsonNode> events = ears.heard();
        assertThat(events).hasSize(1);
        JsonNode event = events.get(0);
        assertThat(event.path("authors").findValuesAsText("type")).containsExactly("person", "bot", "agent");
        assertThat(event.at("/authors/0/id")).isEqualTo(event.at("/authors/2/id"));
        assertThat(event.at("/data/updated_properties")).hasSize(2);
        assertThat(event.at("/entity/id").asText()).isEqualTo(id);
        assertThat(event.toString()).doesNotContain("Ana");
    }

    @Test
    void retries_bear_the_number_of_their_attempt_and_end_after_eight() throws IOException {
        ears.subscribe("page.created");
        ears.admin.turn("webhooks.time_scale", 0);
        ears.receiver.answers(Reply.empty(500));
        ears.people.make(Map.of("Name", "Ana"));
        List<Request> attempts = ears.receiver.await(EIGHT);
        assertThat(attempts.stream()
                        .map(one -> one.json().path("attempt_number").asInt()))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(attempts.stream().map(one -> one.json().path("id").asText()).distinct())
                .hasSize(1);
        assertThat(ears.heard()).hasSize(EIGHT);
        assertThat(ears.admin.deliveries().stream()
                        .filter(one -> Objects.equals(one.get("type"), "page.created"))
                        .map(one -> one.get("status")))
                .containsExactly("dead");
    }

    @Test
    void an_event_may_come_twice_or_never() {
        ears.subscribe("page.created");
        ears.admin.turn("webhooks.duplicate", 1);
        ears.people.make(Map.of("Name", "Ana"));
        List<JsonNode> twice = ears.heard();
        assertThat(twice).hasSize(2);
        assertThat(twice.get(0)).isEqualTo(twice.get(1));
        ears.admin.turn(Map.of("webhooks.duplicate", 0, "webhooks.drop", 1));
        ears.people.make(Map.of("Name", "Ben"));
        assertThat(ears.heard()).hasSize(2);
    }

    @Test
    void retries_wait_longer_each_time_and_stop_with_an_answer() {
        ears.subscribe("page.created");
        ears.receiver.answers(Reply.empty(500));
        ears.people.make(Map.of("Name", "Ana"));
        ears.receiver.await(1);
        settled(1);
        ears.rig.clock.advance(Duration.ofSeconds(70));
        ears.receiver.await(2);
        settled(2);
        ears.rig.clock.advance(Duration.ofSeconds(70));
        assertThat(ears.admin.any("GET", "/quiet?retries=false", null)).containsEntry("quiet", true);
        assertThat(ears.receiver.received).hasSize(2);
        ears.receiver.answers(Reply.empty(204));
        ears.rig.clock.advance(Duration.ofSeconds(270));
        assertThat(ears.receiver.await(3)).hasSize(3);
        assertThat(ears.admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
    }

    /** Waits until so many attempts have been judged. */
    private void settled(int attempts) {
        assertThat(Waiting.until(
                        5_000,
                        () -> ears.admin.deliveries().stream()
                                .anyMatch(one -> Objects.equals(one.get("attempts"), attempts)
                                        && Objects.equals(one.get("lastStatus"), 500)
                                        && ears.rig.sandbox.notion().outbox().quiet(false))))
                .isTrue();
    }

    @Test
    void a_verification_may_be_signed_and_is_tried_once() {
        ears.admin.turn("webhooks.sign_verification", true);
        ears.receiver.answers(Reply.empty(500));
        ears.people.subscribe(ears.receiver.url());
        Request handshake = ears.receiver.await(1).get(0);
        String token = handshake.json().path("verification_token").asText();
        assertThat(handshake.header("X-Notion-Signature")).isEqualTo(NotionSignature.header(token, handshake.body()));
        assertThat(ears.admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        assertThat(ears.receiver.received).hasSize(1);
        assertThat(ears.admin.deliveries().get(0)).containsEntry("status", "failed");
    }
}
