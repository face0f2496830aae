package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.admin.Waiting;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubSpotWebhookTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.hubSpot().adminClient();
    private Receiver receiver;

    @BeforeEach
    void subscribe() throws IOException {
        receiver = new Receiver();
        admin.turn("webhooks.batch_window_ms", 0);
        subscribe(
                "contact.creation",
                "contact.propertyChange",
                "contact.deletion",
                "contact.merge",
                "contact.restore",
                "contact.privacyDeletion");
    }

    @AfterEach
    void stop() {
        rig.close();
        receiver.close();
    }

    @Test
    void a_write_by_the_api_bears_the_apps_mark_and_a_persons_edit_does_not() throws IOException {
        String id = rig.hubSpotContact(Map.of("city", "Rome", "firstname", "Ana"));
        List<JsonNode> events = drained();
        assertThat(events).hasSize(3);
        for (JsonNode event : events) {
            assertThat(event.path("changeSource").asText()).isEqualTo("INTEGRATION");
            assertThat(event.path("sourceId").asText())
                    .isEqualTo(rig.sandbox.hubSpot().appId());
            assertThat(event.path("objectId").asText()).isEqualTo(id);
            assertThat(event.path("attemptNumber").asInt()).isZero();
        }
        receiver.received.clear();

        admin.edit(Map.of("id", id, "properties", Map.of("city", "Oslo", "firstname", "Ana")));
        List<JsonNode> edits = drained();
        assertThat(edits).hasSize(1);
        assertThat(edits.get(0).path("changeSource").asText()).isEqualTo("CRM_UI");
        assertThat(edits.get(0).path("propertyName").asText()).isEqualTo("city");
        assertThat(edits.get(0).path("propertyValue").asText()).isEqualTo("Oslo");
    }

    @Test
    void both_signatures_are_sent_and_hold() throws IOException {
        rig.hubSpotContact(Map.of("city", "Rome"));
        drained();
        Request hook = receiver.received.get(0);
        String body = new String(hook.body(), StandardCharsets.UTF_8);
        String secret = rig.sandbox.hubSpot().clientSecret();
        assertThat(hook.header("X-HubSpot-Signature-Version")).isEqualTo("v1");
        assertThat(hook.header("X-HubSpot-Signature")).isEqualTo(HubSpotSignatures.v1(secret, body));
        String decoded = receiver.url().replace("%2F", "/");
        assertThat(hook.header("X-HubSpot-Signature-v3"))
                .isEqualTo(HubSpotSignatures.v3(secret, "POST", decoded, body, rig.clock.millis()));

        admin.turn("webhooks.signatures", "v3");
        receiver.received.clear();
        rig.hubSpotContact(Map.of("city", "Oslo"));
        drained();
        assertThat(receiver.received.get(0).header("X-HubSpot-Signature")).isNull();
    }

    @Test
    void events_gather_into_batches_of_at_most_a_hundred() throws IOException {
        admin.turn(Map.of("webhooks.delay_ms", 60_000));
        List<Map<String, Object>> edits = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            edits.add(Map.of("op", "create", "properties", Map.of("email", i + "@example.com")));
        }
        admin.any("POST", "/edits", Map.of("edits", edits));
        assertThat(receiver.received).isEmpty();
        admin.flush(false);
        assertThat(drained()).hasSize(500);
        assertThat(receiver.received).hasSizeBetween(5, 20);
        assertThat(receiver.received).allMatch(r -> r.json().size() <= 100);
    }

    @Test
    void any_failure_is_retried_with_the_next_attempt_number() throws IOException {
        receiver.answers(Reply.empty(404));
        rig.hubSpotContact(Map.of());
        receiver.await(1);
        Waiting.until(2_000, () -> Objects.equals(admin.deliveries().get(0).get("lastStatus"), 404));
        receiver.answers(Reply.empty(200));
        rig.clock.advance(Duration.ofSeconds(73));
        receiver.await(2);
        JsonNode first = receiver.received.get(0).json().path(0);
        JsonNode second = receiver.received.get(1).json().path(0);
        assertThat(second.path("attemptNumber").asInt()).isEqualTo(1);
        assertThat(second.path("eventId")).isEqualTo(first.path("eventId"));
        assertThat(second.path("occurredAt")).isEqualTo(first.path("occurredAt"));
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void merge_deletion_restoration_and_erasure_are_told() throws IOException {
        String a = rig.hubSpotContact(Map.of("email", "a@example.com"));
        String b = rig.hubSpotContact(Map.of("email", "b@example.com"));
        drained();
        receiver.received.clear();
        Object merged = admin.any("POST", "/merge", Map.of("primary", a, "secondary", b))
                .get("id");
        JsonNode merge =
                drained().stream().filter(e -> e.has("newObjectId")).findFirst().orElseThrow();
        assertThat(merge.path("newObjectId").asText()).isEqualTo(merged);
        assertThat(merge.path("primaryObjectId").asText()).isEqualTo(a);
        assertThat(merge.path("mergedObjectIds").path(0).asText()).isEqualTo(b);

        receiver.received.clear();
        admin.any("POST", "/archive", Map.of("id", merged));
        admin.any("POST", "/restore", Map.of("id", merged));
        admin.any("POST", "/gdpr-delete", Map.of("id", merged));
        assertThat(drained().stream().map(e -> e.path("subscriptionType").asText()))
                .containsExactlyInAnyOrder(
                        "contact.deletion", "contact.restore", "contact.privacyDeletion", "contact.deletion");
    }

    @Test
    void the_generic_shape_names_the_object_type() throws IOException {
        subscribe("object.creation", "object.propertyChange");
        rig.hubSpotContact(Map.of("city", "Rome"));
        assertThat(drained())
                .allMatch(e -> e.path("objectTypeId").asText().equals("0-1")
                        && e.path("subscriptionType").asText().startsWith("object."));
    }

    @Test
    void one_subscription_per_property_tells_of_that_one_only() throws IOException {
        admin.any(
                "PUT",
                "/webhooks",
                Map.of(
                        "targetUrl",
                        receiver.url(),
                        "subscriptions",
                        List.of(Map.of("subscriptionType", "contact.propertyChange", "propertyName", "city"))));
        rig.hubSpotContact(Map.of("city", "Rome", "firstname", "Ana"));
        assertThat(drained())
                .singleElement()
                .matches(e -> e.path("propertyName").asText().equals("city"));
    }

    @Test
    void duplicates_bear_the_same_event() throws IOException {
        admin.turn("webhooks.duplicate", 1);
        rig.hubSpotContact(Map.of());
        List<JsonNode> events = drained();
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isEqualTo(events.get(1));
    }

    private void subscribe(String... types) {
        admin.any("PUT", "/webhooks", Map.of("targetUrl", receiver.url(), "subscriptions", List.of(types)));
    }

    private List<JsonNode> drained() {
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        List<JsonNode> events = new ArrayList<>();
        receiver.received.forEach(r -> r.json().forEach(events::add));
        return events;
    }
}
