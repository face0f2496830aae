package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, how often, and how refusals look. */
class PipedriveLimitsTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.pipedrive().adminClient();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void the_token_opens_by_header_and_by_the_legacy_query() throws IOException {
        String url = rig.sandbox.pipedrive().url();
        String token = rig.sandbox.pipedrive().token();
        assertThat(token).matches("[0-9a-f]{40}");
        Answer me = rig.pipedrive("GET", "/v1/users/me", null);
        assertThat(me.data().path("id").asLong())
                .isEqualTo(rig.sandbox.pipedrive().userId());
        assertThat(me.data().path("company_id").asLong())
                .isEqualTo(rig.sandbox.pipedrive().companyId());
        assertThat(me.data().path("is_admin").asBoolean()).isTrue();
        assertThat(me.data().at("/access/0/admin").asBoolean()).isTrue();
        assertThat(rig.pipedrive("GET", "/api/v1/users", null).data()).hasSize(2);

        Answer brief = rig.send("GET", url + "/v1/users/me", "x", null, "x-api-token", "wrong");
        assertThat(brief.status()).isEqualTo(401);
        assertThat(brief.body().path("errorCode").asInt()).isEqualTo(401);
        Answer long401 = rig.send("GET", url + "/api/v2/persons", token, null);
        assertThat(long401.status()).isEqualTo(401);
        assertThat(long401.body().has("error_info")).isTrue();

        String legacy = url + "/api/v2/persons?api_token=" + token;
        assertThat(rig.send("GET", legacy, "x", null).status()).isEqualTo(200);
        admin.turn("auth.query_token", false);
        assertThat(rig.send("GET", legacy, "x", null).status()).isEqualTo(401);
    }

    @Test
    void a_burst_is_held_back_for_two_seconds_and_says_so_in_its_headers() throws IOException {
        admin.turn("limits.burst", 3);
        Answer first = rig.pipedrive("GET", "/api/v2/persons", null);
        assertThat(first.header("x-ratelimit-limit")).isEqualTo("3");
        assertThat(first.header("x-ratelimit-remaining")).isEqualTo("2");
        assertThat(first.header("x-ratelimit-reset")).isEqualTo("2");
        assertThat(first.header("x-daily-requests-left")).isEmpty();
        assertThat(rig.pipedrive("POST", "/api/v2/persons", Map.of("name", "Ana"))
                        .header("x-daily-requests-left"))
                .isEqualTo("9999");
        rig.pipedrive("GET", "/api/v2/persons", null);
        Answer limited = rig.pipedrive("GET", "/api/v2/persons", null);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.body().path("success").asBoolean(true)).isFalse();
        assertThat(limited.header("Retry-After")).isEmpty();
        admin.turn("limits.send_retry_after", true);
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).header("Retry-After"))
                .isEqualTo("2");
        // Searches have a window of their own.
        assertThat(rig.pipedrive("GET", "/api/v2/persons/search?term=ana", null).status())
                .isEqualTo(200);
        rig.clock.advance(Duration.ofSeconds(2));
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).status()).isEqualTo(200);
    }

    @Test
    void ten_searches_fit_into_two_seconds() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(search()).isEqualTo(200);
        }
        assertThat(search()).isEqualTo(429);
        rig.clock.advance(Duration.ofSeconds(2));
        assertThat(search()).isEqualTo(200);
    }

    @Test
    void calls_cost_tokens_until_the_day_ends() throws IOException {
        String person = rig.pipedrive("POST", "/api/v2/persons", Map.of("name", "Ana"))
                .data()
                .path("id")
                .asText();
        assertThat(spent()).isEqualTo(5);
        rig.pipedrive("GET", "/api/v2/persons/" + person, null);
        assertThat(spent()).isEqualTo(6);
        rig.pipedrive("GET", "/api/v2/persons", null);
        assertThat(spent()).isEqualTo(16);
        search();
        assertThat(spent()).isEqualTo(36);
        rig.pipedrive("GET", "/v1/notes", null);
        assertThat(spent()).isEqualTo(56);
        rig.pipedrive("POST", "/v1/notes", Map.of("content", "x", "person_id", Long.parseLong(person)));
        assertThat(spent()).isEqualTo(66);
        rig.pipedrive("GET", "/v1/notes/1", null);
        assertThat(spent()).isEqualTo(68);
        rig.pipedrive("GET", "/v1/persons/" + person + "/changelog", null);
        assertThat(spent()).isEqualTo(88);
        rig.pipedrive("PUT", "/v1/persons/" + person + "/merge", Map.of("merge_with_id", 99));
        assertThat(spent()).isEqualTo(128);
        rig.pipedrive("DELETE", "/api/v2/persons/" + person, null);
        assertThat(spent()).isEqualTo(131);
        admin.turn("limits.daily_tokens", 132);
        rig.clock.advance(Duration.ofSeconds(3));
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).status()).isEqualTo(429);
        assertThat(rig.pipedrive("GET", "/api/v2/persons/" + person, null).status())
                .isEqualTo(200);
        rig.clock.advance(Duration.ofDays(1));
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).status()).isEqualTo(200);
    }

    @Test
    void who_does_not_slow_down_meets_a_page_that_is_not_json() throws IOException {
        admin.turn(Map.of("limits.burst", 1, "limits.abuse_after", 3));
        for (int i = 0; i < 4; i++) {
            rig.pipedrive("GET", "/api/v2/persons", null);
        }
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).status()).isEqualTo(429);
        Answer page = rig.pipedrive("GET", "/api/v2/persons", null);
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.header("Content-Type")).isEqualTo("text/html");
        rig.clock.advance(Duration.ofSeconds(60));
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).status()).isEqualTo(200);
    }

    @Test
    void every_fault_of_the_front_door_strikes() throws IOException {
        admin.fault("rate_limited", 1, Map.of("retryAfter", 7));
        Answer limited = rig.pipedrive("GET", "/api/v2/persons", null);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("7");
        admin.fault("server_error", 1);
        Answer broken = rig.pipedrive("GET", "/api/v2/persons", null);
        assertThat(broken.status()).isEqualTo(503);
        assertThat(broken.body().path("success").asBoolean(true)).isFalse();
        admin.fault("html", 1);
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).header("Content-Type"))
                .isEqualTo("text/html");
        admin.fault("unauthorized", 1);
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).status()).isEqualTo(401);
        for (String kind : new String[] {"reset", "lost_answer", "cut_answer"}) {
            int before = admin.dump().size();
            admin.fault(kind, 1, Map.of("method", "POST"));
            assertThatThrownBy(() -> rig.pipedrive("POST", "/api/v2/persons", Map.of("name", kind)))
                    .isInstanceOf(IOException.class);
            assertThat(admin.dump()).hasSize(kind.equals("reset") ? before : before + 1);
        }
        assertThatThrownBy(() -> admin.fault("locked", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_no_json_or_no_path_or_beyond_the_plan_is_refused() throws IOException {
        assertThat(rig.pipedrive("POST", "/api/v2/persons", "{").status()).isEqualTo(400);
        assertThat(rig.pipedrive("POST", "/api/v2/persons", "[]").status()).isEqualTo(400);
        assertThat(rig.pipedrive("GET", "/v1/persons", null).status()).isEqualTo(404);
        admin.turn("limits.deals_most", 1);
        rig.pipedriveRecord("deals", Map.of("title", "1"));
        Answer full = rig.pipedrive("POST", "/api/v2/deals", Map.of("title", "2"));
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.body().path("code").asText()).isEqualTo("feature_capping_deals_limit");
    }

    private int search() throws IOException {
        return rig.pipedrive("GET", "/api/v2/persons/search?term=ana", null).status();
    }

    private int spent() {
        return (Integer) admin.any("GET", "/tokens", null).getOrDefault("spent", -1);
    }
}
