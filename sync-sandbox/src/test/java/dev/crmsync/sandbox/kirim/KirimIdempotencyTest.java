package dev.crmsync.sandbox.kirim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KirimIdempotencyTest {
    private static final Map<String, String> BUDI = Map.of("phone_number", "+6281234567", "name", "Budi");
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void the_same_key_and_body_repeat_the_first_answer() throws IOException {
        Answer first = create(BUDI, "k1");
        Answer again = create("{\"name\":\"Budi\",  \"phone_number\":\"+6281234567\"}", "k1");

        assertThat(first.header("Idempotent-Replayed")).isEqualTo("false");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(rig.phone("GET", "/contacts", null).data()).hasSize(1);
    }

    @Test
    void another_body_under_the_key_is_refused() throws IOException {
        create(BUDI, "k1");
        Answer reused = create(Map.of("phone_number", "+6281234999"), "k1");
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.body().path("error").path("code").asText()).isEqualTo("idempotency_key_reuse");

        rig.sandbox.kirim().adminClient().turn("idempotency.reuse_status", 409);
        assertThat(create(Map.of("phone_number", "+6281234999"), "k1").status()).isEqualTo(409);
    }

    @Test
    void a_key_dies_after_24_hours_and_means_nothing_on_patch() throws IOException {
        String id = create(BUDI, "k1").data().path("id").asText();
        rig.phone("PATCH", "/contacts/" + id, Map.of("name", "a"), "Idempotency-Key", "k2");
        Answer patched = rig.phone("PATCH", "/contacts/" + id, Map.of("name", "b"), "Idempotency-Key", "k2");
        assertThat(patched.data().path("name").asText()).isEqualTo("b");
        assertThat(patched.header("Idempotent-Replayed")).isEmpty();

        rig.clock.advance(Duration.ofHours(25));
        assertThat(create(BUDI, "k1").data().path("id").asText()).isNotEqualTo(id);
    }

    @Test
    void a_lost_answer_is_found_again_under_its_key() throws IOException {
        rig.sandbox.kirim().adminClient().fault("lost_answer", 1, Map.of("method", "POST"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> create(BUDI, "k1"))
                .isInstanceOf(IOException.class);

        assertThat(create(BUDI, "k1").header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(rig.sandbox.kirim().adminClient().dump()).hasSize(1);
    }

    @Test
    void a_second_request_while_the_first_runs_is_told_so() throws Exception {
        rig.sandbox.kirim().adminClient().turn("idempotency.wait_ms", 20);
        rig.sandbox.kirim().adminClient().fault("slow", 1, Map.of("millis", 600));
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> unchecked("k1"));
        Waiting.until(2_000, () -> rig.sandbox.kirim().adminClient().requests("POST /v1/{pid}/contacts") == 1);
        Waiting.until(50, () -> false);

        Answer second = create(BUDI, "k1");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("error").path("code").asText()).isEqualTo("idempotency_in_progress");
        assertThat(first.get().status()).isEqualTo(201);
        assertThat(create(BUDI, "k1").header("Idempotent-Replayed")).isEqualTo("true");
    }

    private Answer unchecked(String key) {
        try {
            return create(BUDI, key);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer create(Object body, String key) throws IOException {
        return rig.phone("POST", "/contacts", body, "Idempotency-Key", key);
    }
}
