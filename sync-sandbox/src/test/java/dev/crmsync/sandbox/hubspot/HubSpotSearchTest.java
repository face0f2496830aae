package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubSpotSearchTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void search_sees_a_write_only_after_the_index_delay() throws IOException {
        rig.sandbox.hubSpot().adminClient().turn(Map.of("search.index_delay_ms", 3000, "search.index_jitter_ms", 0));
        String id = rig.hubSpotContact(Map.of("city", "Rome"));
        assertThat(found("city", "EQ", "Rome")).isEmpty();
        rig.clock.advance(Duration.ofSeconds(3));
        assertThat(found("city", "EQ", "Rome")).containsExactly(id);

        rig.contacts("PATCH", "/" + id, Map.of("properties", Map.of("city", "Oslo")));
        assertThat(found("city", "EQ", "Rome")).containsExactly(id);
        rig.sandbox.hubSpot().adminClient().any("POST", "/index", null);
        assertThat(found("city", "EQ", "Rome")).isEmpty();

        rig.contacts("DELETE", "/" + id, null);
        rig.clock.advance(Duration.ofSeconds(3));
        assertThat(found("city", "EQ", "Oslo")).isEmpty();
    }

    @Test
    void operators_compare_as_the_vendor_does() throws IOException {
        List<String> ids = rig.sandbox
                .hubSpot()
                .adminClient()
                .seed(List.of(
                        Map.of("properties", Map.of("email", "ana@one.com", "city", "Rome")),
                        Map.of("properties", Map.of("email", "ben@two.com")),
                        Map.of("properties", Map.of("email", "cy@one.com", "city", "Oslo"))));
        assertThat(found("city", "HAS_PROPERTY", "")).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
        assertThat(found("city", "NOT_HAS_PROPERTY", "")).containsExactly(ids.get(1));
        assertThat(found("email", "CONTAINS_TOKEN", "one")).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
        assertThat(found("email", "CONTAINS_TOKEN", "*@two.com")).containsExactly(ids.get(1));
        assertThat(found("hs_object_id", "GT", ids.get(0))).containsExactlyInAnyOrder(ids.get(1), ids.get(2));
        assertThat(found("hs_object_id", "LT", ids.get(1))).containsExactly(ids.get(0));
        pass();
        Answer in = search(Map.of(
                "filterGroups",
                List.of(Map.of(
                        "filters",
                        List.of(Map.of(
                                "propertyName", "city", "operator", "IN", "values", List.of("Rome", "Oslo")))))));
        assertThat(in.body().path("total").asInt()).isEqualTo(2);
    }

    @Test
    void times_are_epoch_milliseconds_as_text() throws IOException {
        String first = rig.hubSpotContact(Map.of("city", "a"));
        rig.clock.advance(Duration.ofMillis(1));
        long then = rig.clock.millis();
        String second = rig.hubSpotContact(Map.of("city", "b"));
        rig.clock.advance(Duration.ofSeconds(5));
        assertThat(found("lastmodifieddate", "GTE", String.valueOf(then))).containsExactly(second);
        assertThat(found("lastmodifieddate", "LT", String.valueOf(then))).containsExactly(first);
        assertThat(search(filter("lastmodifieddate", "GTE", "2025-06-15T15:06:40Z"))
                        .status())
                .isEqualTo(400);
        Answer sorted = search(Map.of("sorts", List.of("-lastmodifieddate"), "filterGroups", List.of()));
        assertThat(sorted.body().path("results").findValuesAsText("id")).containsExactly(second, first);
    }

    @Test
    void caps_are_kept() throws IOException {
        assertThat(search(Map.of("limit", 201)).status()).isEqualTo(400);
        assertThat(search(Map.of("sorts", List.of("email", "city"))).status()).isEqualTo(400);
        assertThat(search(Map.of("query", "x".repeat(3000))).status()).isEqualTo(400);
        assertThat(search(filter("nonsense", "EQ", "x")).status()).isEqualTo(400);
        assertThat(search(filter("email", "LIKE", "x")).status()).isEqualTo(400);
        Answer sixth = search(Map.of());
        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.body().path("policyName").asText()).isEqualTo("SECONDLY");
        assertThat(sixth.header("X-HubSpot-RateLimit-Max")).isEmpty();
        pass();
        Map<String, Object> group = Map.of("filters", List.of(condition("email", "HAS_PROPERTY", "")));
        assertThat(search(Map.of("filterGroups", java.util.Collections.nCopies(6, group)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void paging_ends_at_the_wall_of_ten_thousand() throws IOException {
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 10_050; i++) {
            many.add(Map.of("properties", Map.of("firstname", "n" + i)));
        }
        rig.sandbox.hubSpot().adminClient().seed(many);
        Answer last = search(Map.of("limit", 200, "after", "9800"));
        assertThat(last.body().path("total").asInt()).isEqualTo(10_050);
        assertThat(last.body().path("results")).hasSize(200);
        assertThat(last.body().path("paging").path("next").path("after").asText())
                .isEqualTo("10000");
        Answer beyond = search(Map.of("limit", 200, "after", "10000"));
        assertThat(beyond.status()).isEqualTo(400);
        assertThat(beyond.body().path("category").asText()).isEqualTo("VALIDATION_ERROR");
    }

    private static Map<String, Object> condition(String property, String operator, String value) {
        Map<String, Object> filter = new HashMap<>(Map.of("propertyName", property, "operator", operator));
        if (!value.isEmpty()) {
            filter.put("value", value);
        }
        return filter;
    }

    private static Map<String, Object> filter(String property, String operator, String value) {
        return Map.of(
                "filterGroups",
                List.of(Map.of("filters", List.of(condition(property, operator, value)))),
                "limit",
                100);
    }

    private List<String> found(String property, String operator, String value) throws IOException {
        pass();
        Answer answer = search(filter(property, operator, value));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("results").findValuesAsText("id");
    }

    /** Takes the wanted search out of the second in which five were made, without moving the clock. */
    private void pass() {
        rig.sandbox.hubSpot().adminClient().turn("limits.search_per_second", 1000);
    }

    private Answer search(Map<String, ?> body) throws IOException {
        return rig.contacts("POST", "/search", body);
    }
}
