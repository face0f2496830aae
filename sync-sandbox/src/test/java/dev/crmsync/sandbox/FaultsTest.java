package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Rig rig = new Rig();
    private final AdminClient kirim = rig.sandbox.kirim().adminClient();
    private final AdminClient hubSpot = rig.sandbox.hubSpot().adminClient();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_lost_answer_has_taken_effect_and_a_reset_has_not() throws IOException {
        String id = rig.kirimContact("+6281234567", "a");
        kirim.fault("lost_answer", 1, Map.of("method", "PATCH"));
        assertThatThrownBy(() -> rig.phone("PATCH", "/contacts/" + id, Map.of("name", "b")))
                .isInstanceOf(IOException.class);
        assertThat(rig.phone("GET", "/contacts/" + id, null).data().path("name").asText())
                .isEqualTo("b");

        kirim.fault("reset", 1, Map.of("method", "PATCH"));
        assertThatThrownBy(() -> rig.phone("PATCH", "/contacts/" + id, Map.of("name", "c")))
                .isInstanceOf(IOException.class);
        assertThat(rig.phone("GET", "/contacts/" + id, null).data().path("name").asText())
                .isEqualTo("b");

        kirim.fault("cut_answer", 1, Map.of("method", "PATCH"));
        assertThatThrownBy(() -> rig.phone("PATCH", "/contacts/" + id, Map.of("name", "d")))
                .isInstanceOf(IOException.class);
        assertThat(rig.phone("GET", "/contacts/" + id, null).data().path("name").asText())
                .isEqualTo("d");
    }

    @Test
    void refusals_speak_the_vendors_words() throws IOException {
        kirim.fault("rate_limited", 1, Map.of("retryAfter", 7));
        Answer limited = rig.kirim("GET", "/me", null);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("7");
        assertThat(limited.body().path("error").path("code").asText()).isEqualTo("rate_limit_exceeded");
        kirim.fault("rate_limited", 1);
        assertThat(rig.kirim("GET", "/me", null).header("Retry-After")).isEmpty();
        kirim.fault("unauthorized", 1);
        assertThat(rig.kirim("GET", "/me", null)
                        .body()
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("expired_api_key");
        kirim.fault("html", 1);
        assertThat(rig.kirim("GET", "/me", null).header("Content-Type")).isEqualTo("text/html");
        assertThat(rig.kirim("GET", "/me", null).status()).isEqualTo(200);

        hubSpot.fault("migrating", 1, Map.of("retryAfter", 30));
        Answer migrating = rig.contacts("GET", "", null);
        assertThat(migrating.status()).isEqualTo(477);
        assertThat(migrating.header("Retry-After")).isEqualTo("30");
        hubSpot.fault("locked", 1);
        assertThat(rig.contacts("GET", "", null).status()).isEqualTo(423);
        hubSpot.fault("server_error", 1, Map.of("status", 502));
        assertThat(rig.contacts("GET", "", null).status()).isEqualTo(502);
        assertThatThrownBy(() -> kirim.fault("locked", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fault_waits_for_the_requests_that_it_is_meant_for() throws IOException {
        hubSpot.fault("server_error", 2, Map.of("method", "POST", "path", "/search"));
        assertThat(rig.contacts("GET", "", null).status()).isEqualTo(200);
        assertThat(rig.contacts("POST", "/search", Map.of()).status()).isEqualTo(503);
        assertThat(rig.contacts("POST", "/search", Map.of()).status()).isEqualTo(503);
        assertThat(rig.contacts("POST", "/search", Map.of()).status()).isEqualTo(200);
        assertThat(hubSpot.any("GET", "/counts", null).get("faults")).isEqualTo(Map.of("server_error", 2));
    }

    @Test
    void the_same_seed_strikes_the_same_requests() throws IOException {
        List<Integer> first = statuses(rig);
        try (Rig again = new Rig()) {
            assertThat(statuses(again)).isEqualTo(first);
        }
        try (Rig other = new Rig(SandboxOptions.standard().withSeed(2))) {
            assertThat(statuses(other)).isNotEqualTo(first);
        }
        assertThat(first).contains(200, 503);
    }

    @Test
    void dials_are_turned_all_or_none() {
        assertThatThrownBy(() -> kirim.turn(Map.of("webhooks.duplicate", 0.5, "nonsense", 1)))
                .hasMessageContaining("nonsense");
        assertThatThrownBy(() -> kirim.turn("patch.metadata", "shred")).hasMessageContaining("[merge, replace]");
        assertThat(rig.sandbox.kirim().parts().dials().turned()).isEmpty();
        kirim.turn("webhooks.duplicate", 0.5);
        kirim.any("PUT", "/dials", Map.of("patch.metadata", "replace"));
        assertThat(rig.sandbox.kirim().parts().dials().turned()).isEqualTo(Map.of("patch.metadata", "replace"));
    }

    @Test
    void a_reset_begins_anew_and_repeats_the_ids() throws IOException {
        kirim.turn("limits.plan", "free");
        String first = rig.kirimContact("+6281234567", "a");
        String person = rig.hubSpotContact(Map.of("email", "a@example.com"));
        kirim.any("POST", "/reset", null);
        hubSpot.any("POST", "/reset", null);
        assertThat(kirim.dump()).isEmpty();
        assertThat(hubSpot.dump()).isEmpty();
        assertThat(rig.kirimContact("+6281234567", "a")).isEqualTo(first);
        assertThat(rig.hubSpotContact(Map.of("email", "a@example.com"))).isEqualTo(person);
        assertThat(rig.phone("GET", "/contacts", null).header("X-RateLimit-Limit"))
                .isEqualTo("60000");
    }

    private static List<Integer> statuses(Rig rig) throws IOException {
        rig.sandbox.kirim().adminClient().turn("faults.server_error", 0.3);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(rig.kirim("GET", "/me", null).status());
        }
        return statuses;
    }
}
