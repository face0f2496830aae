package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Search, which is neither immediate nor exhaustive, and the users of the workspace. */
class NotionSearchTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();
    private final NotionPeople people = rig.sandbox.notion().people();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void pages_are_found_by_title_some_time_later() throws IOException {
        people.make(Map.of("Name", "Ana Silva"));
        assertThat(search(Map.of("query", "silva")).path("results")).isEmpty();
        rig.clock.advance(Duration.ofMillis(1500));
        assertThat(NotionSay.titles(search(Map.of("query", "silva")))).containsExactly("Ana Silva");
        assertThat(search(Map.of("query", "nobody")).path("results")).isEmpty();
    }

    @Test
    void kinds_are_asked_for_in_the_words_of_the_edition() throws IOException {
        people.make(Map.of("Name", "Ana"));
        admin.any("POST", "/index", null);
        assertThat(search(Map.of()).path("results")).hasSize(2);
        assertThat(search(kind("page")).at("/results/0/object").asText()).isEqualTo("page");
        assertThat(search(kind("data_source")).at("/results/0/object").asText()).isEqualTo("data_source");
        assertThat(rig.notion("POST", "/v1/search", kind("database")).status()).isEqualTo(400);
        JsonNode older =
                rig.notion("2022-06-28", "POST", "/v1/search", kind("database")).body();
        assertThat(older.at("/results/0/object").asText()).isEqualTo("database");
        assertThat(older.path("type").asText()).isEqualTo("page_or_database");
    }

    private static Map<String, Object> kind(String value) {
        return Map.of("filter", Map.of("property", "object", "value", value));
    }

    @Test
    void the_latest_edit_comes_first_unless_asked_otherwise() throws IOException {
        people.make(Map.of("Name", "Ana"));
        rig.clock.advance(Duration.ofMinutes(1));
        people.make(Map.of("Name", "Ben"));
        String trashed = people.make(Map.of("Name", "Cia"));
        people.delete(trashed);
        admin.any("POST", "/index", null);
        Map<String, Object> pages = Map.of("property", "object", "value", "page");
        assertThat(NotionSay.titles(search(Map.of("filter", pages)))).containsExactly("Ben", "Ana");
        assertThat(NotionSay.titles(search(Map.of(
                        "filter", pages, "sort", Map.of("timestamp", "last_edited_time", "direction", "ascending")))))
                .containsExactly("Ana", "Ben");
        assertThat(NotionSay.titles(
                        search(Map.of("filter", Map.of("property", "object", "value", "page", "in_trash", true)))))
                .containsExactly("Cia");
    }

    @Test
    void some_pages_are_never_found() throws IOException {
        admin.turn("search.missing", 0.5);
        List<Map<String, ?>> pages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pages.add(Map.of("properties", Map.of("Name", "Person " + i)));
        }
        admin.seed(pages);
        int found = search(kind("page")).path("results").size();
        assertThat(found).isBetween(8, 32);
        assertThat(search(kind("page")).path("results")).hasSize(found);
    }

    @Test
    void search_is_paged() throws IOException {
        people.make(Map.of("Name", "Ana"));
        people.make(Map.of("Name", "Ben"));
        admin.any("POST", "/index", null);
        JsonNode first = search(Map.of("page_size", 2));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        JsonNode last = search(
                Map.of("page_size", 2, "start_cursor", first.path("next_cursor").asText()));
        assertThat(last.path("results")).hasSize(1);
        assertThat(rig.notion(
                                "POST",
                                "/v1/search",
                                Map.of(
                                        "query",
                                        "other",
                                        "start_cursor",
                                        first.path("next_cursor").asText()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void users_are_people_and_the_bot() throws IOException {
        JsonNode me = rig.notion("GET", "/v1/users/me", null).body();
        assertThat(me.path("id").asText()).isEqualTo(rig.sandbox.notion().botId());
        assertThat(me.path("type").asText()).isEqualTo("bot");
        assertThat(me.at("/bot/workspace_name").asText()).isEqualTo("Acme");
        String cia = people.makeUser("Cia", "cia@example.com");
        JsonNode shown = rig.notion("GET", "/v1/users/" + cia, null).body();
        assertThat(shown.path("name").asText()).isEqualTo("Cia");
        assertThat(shown.at("/person/email").asText()).isEqualTo("cia@example.com");
        JsonNode first = rig.notion("GET", "/v1/users?page_size=3", null).body();
        assertThat(first.path("type").asText()).isEqualTo("user");
        assertThat(first.path("results")).hasSize(3);
        JsonNode last = rig.notion(
                        "GET",
                        "/v1/users?page_size=3&start_cursor="
                                + first.path("next_cursor").asText(),
                        null)
                .body();
        assertThat(NotionSay.ids(last)).containsExactly(cia);
        assertThat(rig.notion("GET", "/v1/users/00000000-0000-4000-8000-000000000000", null)
                        .status())
                .isEqualTo(404);
    }

    private JsonNode search(Map<String, ?> body) throws IOException {
        return rig.notion("POST", "/v1/search", body).body();
    }
}
