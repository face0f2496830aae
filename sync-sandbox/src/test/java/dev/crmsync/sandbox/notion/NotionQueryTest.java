package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queries of a data source: pages, cursors, the cap, the minute, lag. */
class NotionQueryTest {
    private static final List<Map<String, String>> OLDEST_FIRST =
            List.of(Map.of("timestamp", "last_edited_time", "direction", "ascending"));

    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();
    private final NotionPeople people = rig.sandbox.notion().people();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_query_pages_through_everything_once() throws IOException {
        seed(250);
        List<String> ids = new ArrayList<>();
        Map<String, Object> body = new HashMap<>(Map.of("page_size", 100));
        int pages = 0;
        String next;
        do {
            JsonNode page = query(body).body();
            assertThat(page.path("object").asText()).isEqualTo("list");
            assertThat(page.path("type").asText()).isEqualTo("page_or_data_source");
            ids.addAll(NotionSay.ids(page));
            next = page.path("next_cursor").isNull()
                    ? ""
                    : page.path("next_cursor").asText();
            assertThat(page.path("has_more").asBoolean())
                    .isEqualTo(!page.path("next_cursor").isNull());
            body.put("start_cursor", next);
            pages++;
        } while (!next.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(ids).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void a_cursor_survives_edits_and_an_offset_does_not() throws IOException {
        List<String> ids = seed(6);
        for (String id : ids) {
            rig.clock.advance(Duration.ofMinutes(1));
            people.patch(id, Map.of("Score", 1));
        }
        assertThat(editedWhilePaging(ids)).hasSize(6);
        admin.turn("query.cursor", "offset");
        assertThat(editedWhilePaging(ids)).hasSizeLessThan(6);
    }

    /** The distinct rows that a walk sees when the first page's rows move to the end. */
    private Set<String> editedWhilePaging(List<String> ids) throws IOException {
        JsonNode first = query(Map.of("sorts", OLDEST_FIRST, "page_size", 3)).body();
        Set<String> seen = new HashSet<>(NotionSay.ids(first));
        rig.clock.advance(Duration.ofMinutes(1));
        for (JsonNode row : first.path("results")) {
            people.patch(row.path("id").asText(), Map.of("Score", rig.clock.millis()));
        }
        JsonNode rest = query(Map.of(
                        "sorts",
                        OLDEST_FIRST,
                        "page_size",
                        3,
                        "start_cursor",
                        first.path("next_cursor").asText()))
                .body();
        seen.addAll(NotionSay.ids(rest));
        assertThat(ids).hasSize(6);
        return seen;
    }

    @Test
    void the_cap_ends_a_query_and_is_told_by_its_status_alone() throws IOException {
        admin.turn("query.rows_most", 5);
        seed(7);
        JsonNode first = query(Map.of("page_size", 3)).body();
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(first.has("request_status")).isFalse();
        JsonNode last = query(Map.of(
                        "page_size",
                        3,
                        "start_cursor",
                        first.path("next_cursor").asText()))
                .body();
        assertThat(last.path("results")).hasSize(2);
        assertThat(last.path("has_more").asBoolean(true)).isFalse();
        assertThat(last.path("next_cursor").isNull()).isTrue();
        assertThat(last.at("/request_status/type").asText()).isEqualTo("incomplete");
        assertThat(last.at("/request_status/incomplete_reason").asText()).isEqualTo("query_result_limit_reached");
        admin.turn("query.rows_most", 7);
        assertThat(query(Map.of()).body().has("request_status")).isFalse();
        admin.turn("query.status_complete", true);
        assertThat(query(Map.of()).body().at("/request_status/type").asText()).isEqualTo("complete");
    }

    @Test
    void a_watermark_to_the_second_misses_what_the_minute_hides() throws IOException {
        String id = people.make(Map.of("Name", "Ana"));
        rig.clock.advance(Duration.ofSeconds(90));
        Instant since = rig.clock.instant();
        people.patch(id, Map.of("Score", 1));
        assertThat(titlesSince(since)).isEmpty();
        assertThat(titlesSince(since.truncatedTo(ChronoUnit.MINUTES))).containsExactly("Ana");
    }

    private List<String> titlesSince(Instant since) throws IOException {
        Map<String, Object> filter =
                Map.of("timestamp", "last_edited_time", "last_edited_time", Map.of("on_or_after", since.toString()));
        return NotionSay.titles(
                query(Map.of("filter", filter, "sorts", OLDEST_FIRST)).body());
    }

    @Test
    void trashed_rows_leave_the_query_and_are_listed_when_asked_for() throws IOException {
        people.make(Map.of("Name", "Ana"));
        String ben = people.make(Map.of("Name", "Ben"));
        people.delete(ben);
        assertThat(NotionSay.titles(query(Map.of()).body())).containsExactly("Ana");
        assertThat(NotionSay.titles(query(Map.of("in_trash", true)).body())).containsExactly("Ben");
        admin.turn("query.in_trash", "both");
        assertThat(NotionSay.titles(query(Map.of("in_trash", true)).body())).containsExactlyInAnyOrder("Ana", "Ben");
        admin.turn("query.in_trash", "ignored");
        assertThat(NotionSay.titles(query(Map.of("in_trash", true)).body())).containsExactly("Ana");
    }

    @Test
    void a_query_may_lag_behind_the_page() throws IOException {
        admin.turn("query.lag_ms", 2000);
        String id = people.make(Map.of("Name", "Ana"));
        assertThat(query(Map.of()).body().path("results")).isEmpty();
        assertThat(rig.notion("GET", "/v1/pages/" + id, null).status()).isEqualTo(200);
        rig.clock.advance(Duration.ofSeconds(2));
        assertThat(query(Map.of()).body().path("results")).hasSize(1);
    }

    @Test
    void a_short_page_is_not_the_last() throws IOException {
        seed(4);
        admin.turn("query.short_pages", 1);
        JsonNode page = query(Map.of("page_size", 4)).body();
        assertThat(page.path("results")).hasSize(2);
        assertThat(page.path("has_more").asBoolean()).isTrue();
    }

    @Test
    void a_query_shows_the_properties_that_are_asked_for() throws IOException {
        people.make(Map.of("Name", "Ana"));
        String path = "/v1/data_sources/" + rig.sandbox.notion().dataSourceId()
                + "/query?filter_properties=title&filter_properties=Email";
        JsonNode page = rig.notion("POST", path, Map.of()).body().at("/results/0");
        assertThat(page.path("properties")).hasSize(2);
        assertThat(page.at("/properties/Name/id").asText()).isEqualTo("title");
    }

    @Test
    void wrong_sizes_cursors_and_sorts_are_refused() throws IOException {
        seed(3);
        String cursor = query(Map.of("page_size", 1)).body().path("next_cursor").asText();
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("page_size", 0),
                Map.of("page_size", 101),
                Map.of("start_cursor", "nonsense"),
                Map.of("start_cursor", cursor, "sorts", OLDEST_FIRST),
                Map.of("sorts", List.of(Map.of("property", "Nonsense"))),
                Map.of("sorts", List.of(Map.of("property", "Name", "direction", "up"))))) {
            Answer answer = query(body);
            assertThat(answer.status()).as(body.toString()).isEqualTo(400);
            assertThat(answer.body().path("code").asText()).isEqualTo("validation_error");
        }
    }

    private List<String> seed(int count) {
        List<Map<String, ?>> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(Map.of("properties", Map.of("Name", "Person " + i)));
        }
        return admin.seed(pages);
    }

    private Answer query(Map<String, ?> body) throws IOException {
        return NotionSay.query(rig, body);
    }

    @Test
    void rows_may_show_up_in_another_order_than_they_were_made() throws IOException {
        admin.turn("query.lag_jitter_ms", 60_000);
        for (int i = 0; i < 12; i++) {
            people.make(Map.of("Name", "Person " + i));
        }
        Map<String, Object> byNumber = Map.of("sorts", List.of(Map.of("property", "Number")));
        rig.clock.advance(Duration.ofSeconds(30));
        List<String> some = NotionSay.titles(query(byNumber).body());
        assertThat(some).hasSizeBetween(1, 11);
        List<String> first = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            first.add("Person " + i);
        }
        assertThat(some).isNotEqualTo(first);
        rig.clock.advance(Duration.ofSeconds(31));
        assertThat(query(byNumber).body().path("results")).hasSize(12);
    }

    @Test
    void a_query_holds_ten_thousand_rows_unless_the_dial_says_otherwise() {
        assertThat(rig.sandbox.notion().parts().dials().whole("query.rows_most"))
                .isEqualTo(10_000);
    }
}
