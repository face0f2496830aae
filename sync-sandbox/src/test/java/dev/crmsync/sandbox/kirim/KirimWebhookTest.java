package dev.crmsync.sandbox.kirim;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KirimWebhookTest {
    private static final Duration LONG = Duration.ofSeconds(5);
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.kirim().adminClient();
    private Receiver receiver;
    private String subscription;
    private String secret;

    @BeforeEach
    void subscribe() throws IOException {
        receiver = new Receiver();
        JsonNode data = rig.kirim(
                        "POST",
                        "/webhook_subscriptions",
                        Map.of("url", receiver.url(), "events", List.of("contact.created", "contact.updated")))
                .data();
        subscription = data.path("id").asText();
        secret = data.path("initial_secret").asText();
    }

    @AfterEach
    void stop() {
        rig.close();
        receiver.close();
    }

    @Test
    void a_subscription_tells_its_secret_once_and_wants_https() throws IOException {
        assertThat(secret).startsWith("whsec_");
        Answer shown = rig.kirim("GET", "/webhook_subscriptions/" + subscription, null);
        assertThat(shown.body().toString()).doesNotContain(secret);
        assertThat(shown.data().path("secrets")).hasSize(1);

        for (String url :
                List.of("http://example.com/x", "ftp://127.0.0.1/x", "nonsense", "http://127.0.0.1.evil.com/")) {
            Answer refused = rig.kirim(
                    "POST", "/webhook_subscriptions", Map.of("url", url, "events", List.of("contact.created")));
            assertThat(refused.body().path("error").path("code").asText()).isEqualTo("invalid_webhook_url");
        }
    }

    @Test
    void a_created_contact_is_told_signed_and_with_headers() throws Exception {
        String id = rig.kirimContact("+6281234567", "Budi é");

        Request hook = receiver.await(1).get(0);
        JsonNode event = hook.json();
        assertThat(event.path("type").asText()).isEqualTo("contact.created");
        assertThat(event.path("data").path("contact").path("id").asText()).isEqualTo(id);
        assertThat(event.path("data").path("contact").has("labels")).isFalse();
        assertThat(event.path("data").path("acquisition_source").asText()).isEqualTo("api");
        assertThat(hook.header("X-Kirim-Event-Id")).isEqualTo(event.path("id").asText());
        assertThat(hook.header("X-Kirim-Delivery-Id")).startsWith("wbd_");
        assertThat(hook.header("X-Kirim-Attempt")).isEqualTo("1");
        assertThat(hook.header("X-Kirim-Signature"))
                .isEqualTo("t=" + rig.clock.millis() / 1000 + ",v1=" + expected(secret, hook));
    }

    @Test
    void both_secrets_sign_while_they_overlap() throws Exception {
        JsonNode rotated = rig.kirim(
                        "POST", "/webhook_subscriptions/" + subscription + "/secrets", Map.of("expires_in_hours", 2))
                .data();
        String fresh = rotated.path("secret").asText();
        rig.kirimContact("+6281234567", "Budi");
        Request hook = receiver.await(1).get(0);
        assertThat(hook.header("X-Kirim-Signature"))
                .endsWith(",v1=" + expected(secret, hook) + ",v1=" + expected(fresh, hook));

        rig.clock.advance(Duration.ofHours(3));
        rig.kirimContact("+6281234568", "Ani");
        Request later = receiver.await(2).get(1);
        assertThat(later.header("X-Kirim-Signature")).endsWith(",v1=" + expected(fresh, later));
        assertThat(later.header("X-Kirim-Signature").split(",v1=", -1)).hasSize(2);
    }

    @Test
    void an_update_names_its_fields_and_bears_labels_only_when_they_changed() throws IOException {
        String id = rig.kirimContact("+6281234567", "Budi");
        receiver.await(1); // deliveries race each other, as Kirim's do: each is awaited before the next is caused
        rig.phone("PATCH", "/contacts/" + id, Map.of("name", "Budi"));
        rig.phone("PATCH", "/contacts/" + id, Map.of("name", "B", "metadata", Map.of("k", "v")));
        receiver.await(2);
        admin.edit(Map.of("id", id, "add_labels", List.of("VIP")));

        receiver.await(3);
        JsonNode updated = receiver.received.get(1).json().path("data");
        assertThat(updated.path("changed_fields").toString()).isEqualTo("[\"name\",\"metadata\"]");
        assertThat(updated.path("contact").has("labels")).isFalse();
        JsonNode labelled = receiver.received.get(2).json().path("data");
        assertThat(labelled.path("changed_fields").toString()).isEqualTo("[\"labels\"]");
        assertThat(labelled.path("contact").path("labels").path(0).path("name").asText())
                .isEqualTo("VIP");
    }

    @Test
    void retries_follow_the_schedule_and_end_after_eight_attempts() throws IOException {
        receiver.answers(Reply.empty(503));
        rig.kirimContact("+6281234567", "Budi");
        receiver.await(1);
        int attempts = 1;
        for (long wait : List.of(10L, 30L, 120L, 600L, 3600L, 21_600L, 86_400L)) {
            awaitAttempts(attempts);
            rig.clock.advance(Duration.ofMillis(wait * 790));
            Waiting.until(60, () -> false);
            assertThat(receiver.received).hasSize(attempts);
            rig.clock.advance(Duration.ofMillis(wait * 420));
            attempts++;
            receiver.await(attempts);
        }
        assertThat(admin.awaitQuiet(LONG)).isTrue();
        assertThat(admin.deliveries().get(0)).containsEntry("status", "dead").containsEntry("attempts", 8);
        assertThat(receiver.received.get(7).header("X-Kirim-Attempt")).isEqualTo("8");
        assertThat(Stream.of(receiver.received.get(0), receiver.received.get(7))
                        .map(r -> r.header("X-Kirim-Event-Id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_4xx_is_final_and_a_429_obeys_retry_after() throws IOException {
        receiver.answers(Reply.empty(404));
        rig.kirimContact("+6281234567", "Budi");
        assertThat(admin.awaitQuiet(LONG)).isTrue();
        assertThat(admin.deliveries().get(0)).containsEntry("status", "failed").containsEntry("attempts", 1);

        receiver.answers(Reply.empty(429).with("Retry-After", "3"));
        rig.kirimContact("+6281234568", "Ani");
        receiver.await(2);
        Waiting.until(2_000, () -> Objects.equals(admin.deliveries().get(1).get("lastStatus"), 429));
        receiver.answers(Reply.empty(200));
        rig.clock.advance(Duration.ofMillis(3100));
        assertThat(admin.awaitQuiet(LONG)).isTrue();
        assertThat(admin.deliveries().get(1)).containsEntry("status", "delivered");
    }

    @Test
    void twenty_failures_in_a_row_disable_and_replays_bring_back() throws IOException {
        receiver.answers(Reply.empty(400));
        for (int i = 0; i < 20; i++) {
            rig.kirimContact("+62812345" + (100 + i), "n" + i);
            receiver.await(i + 1);
        }
        assertThat(admin.awaitQuiet(LONG)).isTrue();
        String path = "/webhook_subscriptions/" + subscription;
        assertThat(rig.kirim("GET", path, null).data().path("status").asText()).isEqualTo("disabled");
        rig.kirimContact("+6281234999", "unheard");

        receiver.answers(Reply.empty(200));
        rig.kirim("PATCH", path, Map.of("status", "active"));
        Answer replayed = rig.kirim(
                "POST", "/webhook_deliveries/bulk_replay", Map.of("subscription_id", subscription, "status", "failed"));
        assertThat(replayed.data().toString()).isEqualTo("{\"enqueued\":20,\"capped\":false}");
        assertThat(admin.awaitQuiet(LONG)).isTrue();
        assertThat(receiver.received).hasSize(40);
        assertThat(rig.kirim("GET", "/webhook_deliveries?status=delivered&limit=50", null)
                        .data())
                .hasSize(20);
    }

    @Test
    void one_delivery_can_be_replayed_with_its_event_id() throws IOException {
        rig.kirimContact("+6281234567", "Budi");
        String delivery = receiver.await(1).get(0).header("X-Kirim-Delivery-Id");
        Answer replay = rig.kirim("POST", "/webhook_deliveries/" + delivery + "/replay", null);
        assertThat(replay.data().path("replayed_from").asText()).isEqualTo(delivery);
        receiver.await(2);
        assertThat(receiver.received.get(1).body())
                .isEqualTo(receiver.received.get(0).body());
        assertThat(receiver.received.get(1).header("X-Kirim-Delivery-Id")).isNotEqualTo(delivery);
    }

    @Test
    void duplicates_drops_and_delays_follow_the_dials() throws IOException {
        admin.turn(Map.of("webhooks.duplicate", 1));
        rig.kirimContact("+6281234567", "Budi");
        receiver.await(2);
        assertThat(receiver.received.get(0).header("X-Kirim-Event-Id"))
                .isEqualTo(receiver.received.get(1).header("X-Kirim-Event-Id"));

        admin.turn(Map.of("webhooks.duplicate", 0, "webhooks.drop", 1));
        rig.kirimContact("+6281234568", "Ani");
        assertThat(admin.awaitQuiet(LONG)).isTrue();
        assertThat(receiver.received).hasSize(2);

        admin.turn(Map.of("webhooks.drop", 0, "webhooks.delay_ms", 60_000));
        rig.kirimContact("+6281234569", "Cici");
        assertThat(admin.awaitQuiet(Duration.ofMillis(40))).isFalse();
        assertThat(receiver.received).hasSize(2);
        admin.flush(false);
        assertThat(receiver.received).hasSize(3);
    }

    @Test
    void held_back_events_are_overtaken_and_none_is_lost() {
        admin.turn(Map.of("webhooks.reorder", 0.5, "webhooks.reorder_ms", 1000, "webhooks.duplicate", 0.2));
        for (int i = 0; i < 60; i++) {
            admin.edit(Map.of("op", "create", "phone_number", "+62812340" + (1000 + i)));
            rig.clock.advance(Duration.ofMillis(5));
        }
        rig.clock.advance(Duration.ofSeconds(2));
        assertThat(admin.awaitQuiet(LONG)).isTrue();
        List<String> phones = receiver.received.stream()
                .map(r -> r.json()
                        .path("data")
                        .path("contact")
                        .path("phone_number")
                        .asText())
                .toList();
        assertThat(phones)
                .hasSizeGreaterThan(60)
                .isNotEqualTo(phones.stream().sorted().toList());
        assertThat(phones.stream().distinct()).hasSize(60);
    }

    @Test
    void seeding_is_silent_and_deletion_has_no_event() throws IOException {
        String id = admin.seed(List.of(Map.of("phone_number", "+6281234567"))).get(0);
        admin.edit(Map.of("op", "delete", "id", id));
        assertThat(admin.awaitQuiet(LONG)).isTrue();
        assertThat(receiver.received).isEmpty();
        assertThat(rig.phone("GET", "/contacts/" + id, null).status()).isEqualTo(404);
    }

    private void awaitAttempts(int attempts) {
        Waiting.until(5_000, () -> {
            Map<String, Object> delivery = admin.deliveries().get(0);
            return Objects.equals(delivery.get("attempts"), attempts)
                    && Objects.equals(delivery.get("lastStatus"), 503)
                    && ((Number) delivery.get("dueAt")).longValue() > rig.clock.millis();
        });
    }

    private static String expected(String secret, Request hook) throws Exception {
        String header = hook.header("X-Kirim-Signature");
        String time = header.substring(2, header.indexOf(','));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(hook.body()));
    }
}
