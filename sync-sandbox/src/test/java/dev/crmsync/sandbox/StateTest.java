package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.admin.Waiting;
import dev.crmsync.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
    @TempDir
    Path directory;

    @Test
    void a_restart_goes_on_where_the_last_one_stopped() throws IOException {
        SandboxOptions options = SandboxOptions.standard().withSeed(5).withState(directory.resolve("state.json"));
        try (Receiver receiver = new Receiver()) {
            String description;
            List<Map<String, Object>> kirim;
            List<Map<String, Object>> hubSpot;
            try (Rig rig = new Rig(options)) {
                rig.kirim(
                        "POST",
                        "/webhook_subscriptions",
                        Map.of("url", receiver.url(), "events", List.of("contact.created")));
                AdminClient admin = rig.sandbox.hubSpot().adminClient();
                admin.any(
                        "PUT",
                        "/webhooks",
                        Map.of("targetUrl", receiver.url(), "subscriptions", List.of("contact.creation")));
                admin.turn("webhooks.delay_ms", 50_000);
                rig.sandbox.kirim().adminClient().turn("webhooks.delay_ms", 50_000);
                rig.phone(
                        "POST",
                        "/contacts",
                        Map.of("phone_number", "+6281234567", "metadata", Map.of("n", 1)),
                        "Idempotency-Key",
                        "k");
                rig.hubSpotContact(Map.of("email", "a@example.com"));
                description =
                        rig.sandbox.kirim().token() + rig.sandbox.hubSpot().clientSecret();
                kirim = rig.sandbox.kirim().adminClient().dump();
                hubSpot = admin.dump();
            }
            assertThat(receiver.received).isEmpty();
            try (Rig rig = new Rig(options.withSeed(99))) {
                assertThat(rig.sandbox.kirim().token() + rig.sandbox.hubSpot().clientSecret())
                        .isEqualTo(description);
                assertThat(rig.sandbox.kirim().adminClient().dump()).isEqualTo(kirim);
                assertThat(rig.sandbox.hubSpot().adminClient().dump()).isEqualTo(hubSpot);
                assertThat(rig.phone(
                                        "POST",
                                        "/contacts",
                                        Map.of("phone_number", "+6281234567", "metadata", Map.of("n", 1)),
                                        "Idempotency-Key",
                                        "k")
                                .header("Idempotent-Replayed"))
                        .isEqualTo("true");
                assertThat(rig.contacts("POST", "", Map.of("properties", Map.of("email", "a@example.com")))
                                .status())
                        .isEqualTo(409);
                rig.sandbox.kirim().adminClient().flush(false);
                rig.sandbox.hubSpot().adminClient().flush(false);
                assertThat(receiver.await(2)).hasSize(2);
                assertThat(rig.kirimContact("+6281234568", "fresh"))
                        .isNotEqualTo(kirim.get(0).get("id"));
            }
        }
    }

    @Test
    void a_change_is_on_disk_soon_without_a_stop() throws IOException {
        Path file = directory.resolve("state.json");
        try (Rig rig = new Rig(SandboxOptions.standard().withState(file))) {
            rig.kirimContact("+6281234567", "Budi");
            boolean written =
                    Waiting.until(5_000, () -> Files.exists(file) && read(file).contains("Budi"));
            assertThat(written).isTrue();
            assertThat(rig.sandbox.kirim().adminClient().awaitQuiet(Duration.ZERO))
                    .isTrue();
        }
    }

    @Test
    void ids_repeat_with_the_seed() throws IOException {
        try (Rig one = new Rig();
                Rig two = new Rig()) {
            assertThat(one.kirimContact("+6281234567", "a")).isEqualTo(two.kirimContact("+6281234567", "a"));
            assertThat(one.hubSpotContact(Map.of())).isEqualTo(two.hubSpotContact(Map.of()));
            assertThat(Json.parse(one.sandbox.describe().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .path("kirim")
                            .path("phoneId")
                            .asText())
                    .matches("\\d{6,20}");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
