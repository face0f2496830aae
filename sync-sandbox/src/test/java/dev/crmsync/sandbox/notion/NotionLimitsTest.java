package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, how often, how much at once, and how refusals look. */
class NotionLimitsTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void an_error_names_itself_and_its_request() throws IOException {
        Answer denied = rig.send(
                "GET", rig.sandbox.notion().url() + "/v1/users/me", "wrong", null, "Notion-Version", "2026-03-11");
        assertThat(denied.status()).isEqualTo(401);
        assertThat(denied.body().path("object").asText()).isEqualTo("error");
        assertThat(denied.body().path("status").asInt()).isEqualTo(401);
        assertThat(denied.body().path("code").asText()).isEqualTo("unauthorized");
        assertThat(denied.body().path("message").asText()).isNotEmpty();
        assertThat(denied.body().path("request_id").asText())
                .isEqualTo(denied.header("x-notion-request-id"))
                .isNotEmpty();
        assertThat(rig.sandbox.notion().token()).startsWith("ntn_");
        Answer unknown = rig.notion("GET", "/v1/nonsense", null);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().path("code").asText()).isEqualTo("invalid_request_url");
        Answer broken = rig.notion("POST", "/v1/search", "{");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.body().path("code").asText()).isEqualTo("invalid_json");
    }

    @Test
    void a_window_may_be_spent_at_any_pace_and_comes_back_within_a_minute() throws IOException {
        admin.turn("limits.per_minute", 3);
        me();
        rig.clock.advance(Duration.ofSeconds(20));
        me();
        me();
        Answer limited = me();
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("40");
        assertThat(limited.body().path("code").asText()).isEqualTo("rate_limited");
        assertThat(limited.body().at("/additional_data/rate_limit_reason").asText())
                .isEqualTo("public_api_request_rate_limit");
        rig.clock.advance(Duration.ofSeconds(40));
        assertThat(me().status()).isEqualTo(200);
        assertThat(me().status()).isEqualTo(429);
        admin.turn("limits.reason", false);
        assertThat(me().body().has("additional_data")).isFalse();
    }

    @Test
    void the_older_limit_is_an_average_that_allows_bursts() throws IOException {
        admin.turn(Map.of("limits.edition", "average", "limits.per_minute", 60));
        for (int i = 0; i < 60; i++) {
            assertThat(me().status()).isEqualTo(200);
        }
        Answer limited = me();
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("1");
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(me().status()).isEqualTo(200);
        assertThat(me().status()).isEqualTo(429);
    }

    @Test
    void the_workspace_has_a_limit_of_its_own_that_may_last_longer() throws IOException {
        admin.turn("limits.workspace_per_minute", 1);
        me();
        Answer limited = me();
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("90");
        assertThat(limited.body().at("/additional_data/rate_limit_reason").asText())
                .isEqualTo("public_api_space_request_rate_limit");
    }

    @Test
    void a_standard_minute_holds_a_hundred_and_eighty_requests() throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 181; i++) {
            statuses.add(me().status());
        }
        assertThat(statuses.subList(0, 180)).containsOnly(200);
        assertThat(statuses.get(180)).isEqualTo(429);
    }

    @Test
    void bodies_are_limited_in_bytes_and_in_blocks() throws IOException {
        assertThat(rig.notion("POST", "/v1/search", Map.of("query", "x".repeat(500_000)))
                        .status())
                .isEqualTo(400);
        String page = rig.sandbox.notion().people().make(Map.of("Name", "Ana"));
        Map<String, Object> leaf = Map.of("divider", Map.of());
        assertThat(append(page, Collections.nCopies(101, leaf))).isEqualTo(400);
        Map<String, Object> branch =
                Map.of("paragraph", Map.of("rich_text", List.of(), "children", Collections.nCopies(100, leaf)));
        assertThat(append(page, Collections.nCopies(9, branch))).isEqualTo(200);
        assertThat(append(page, Collections.nCopies(10, branch))).isEqualTo(400);
        admin.turn("limits.blocks_most", 1);
        assertThat(append(page, List.of(leaf))).isEqualTo(400);
        assertThat(NotionSay.create(rig, Map.of()).status()).isEqualTo(400);
        assertThat(NotionSay.patch(rig, page, Map.of("Score", Map.of("number", 1)))
                        .status())
                .isEqualTo(200);
    }

    private int append(String page, List<?> children) throws IOException {
        return rig.notion("PATCH", "/v1/blocks/" + page + "/children", Map.of("children", children))
                .status();
    }

    @Test
    void an_overload_a_collision_and_the_edge_have_words_of_their_own() throws IOException {
        admin.fault("overloaded", 2, Map.of("retryAfter", 7));
        Answer overloaded = me();
        assertThat(overloaded.status()).isEqualTo(529);
        assertThat(overloaded.header("Retry-After")).isEqualTo("7");
        assertThat(overloaded.body().path("code").asText()).isEqualTo("service_overload");
        me();
        admin.fault("conflict", 1);
        Answer conflict = NotionSay.create(rig, Map.of());
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.body().path("code").asText()).isEqualTo("conflict_error");
        assertThat(admin.dump()).isEmpty();
        admin.fault("blocked", 1);
        Answer blocked = me();
        assertThat(blocked.status()).isEqualTo(403);
        assertThat(blocked.header("Content-Type")).isEqualTo("text/html");
        assertThat(blocked.header("cf-ray")).isNotEmpty();
        assertThat(blocked.header("x-notion-request-id")).isEmpty();
        assertThatThrownBy(() -> admin.fault("locked", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void server_errors_have_the_code_of_their_status() throws IOException {
        Map<Integer, String> codes = Map.of(
                500, "internal_server_error", 502, "bad_gateway", 503, "service_unavailable", 504, "gateway_timeout");
        for (Map.Entry<Integer, String> one : codes.entrySet()) {
            admin.fault("server_error", 1, Map.of("status", one.getKey()));
            Answer broken = me();
            assertThat(broken.status()).isEqualTo(one.getKey());
            assertThat(broken.body().path("code").asText()).isEqualTo(one.getValue());
        }
    }

    @Test
    void every_common_fault_strikes() throws IOException {
        admin.fault("rate_limited", 1, Map.of("retryAfter", 5));
        assertThat(me().header("Retry-After")).isEqualTo("5");
        admin.fault("html", 1);
        assertThat(me().header("Content-Type")).isEqualTo("text/html");
        admin.fault("unauthorized", 1);
        assertThat(me().status()).isEqualTo(401);
        admin.fault("slow", 1, Map.of("millis", 1));
        assertThat(me().status()).isEqualTo(200);
        for (String kind : new String[] {"reset", "lost_answer", "cut_answer"}) {
            int before = admin.dump().size();
            admin.fault(kind, 1, Map.of("method", "POST"));
            assertThatThrownBy(() -> NotionSay.create(rig, Map.of("Name", NotionSay.title(kind))))
                    .isInstanceOf(IOException.class);
            assertThat(admin.dump()).hasSize(kind.equals("reset") ? before : before + 1);
        }
    }

    private Answer me() throws IOException {
        return rig.notion("GET", "/v1/users/me", null);
    }

    @Test
    void an_overload_says_how_long_it_lasts_as_the_dial_says() throws IOException {
        admin.fault("overloaded", 1);
        assertThat(me().header("Retry-After")).isEqualTo("3");
        admin.turn(Map.of("faults.overloaded", 1, "faults.overloaded_seconds", 9));
        assertThat(me().header("Retry-After")).isEqualTo("9");
        assertThat(me().status()).isEqualTo(529);
        admin.turn("faults.overloaded", 0);
        assertThat(me().status()).isEqualTo(200);
    }

    @Test
    void what_was_asked_is_counted_by_the_form_of_its_path() throws IOException {
        String page = rig.sandbox.notion().people().make(Map.of("Name", "Ana"));
        rig.notion("GET", "/v1/pages/" + page, null);
        NotionSay.query(rig, Map.of());
        assertThat(admin.requests("GET /v1/pages/{id}")).isEqualTo(1);
        assertThat(admin.requests("POST /v1/data_sources/{id}/query")).isEqualTo(1);
    }
}
