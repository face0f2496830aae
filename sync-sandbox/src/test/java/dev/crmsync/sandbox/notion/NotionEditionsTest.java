package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The versions of the API beside each other. */
class NotionEditionsTest {
    private static final String OLDEST = "2022-06-28";
    private static final String MIDDLE = "2025-09-03";

    private final Rig rig = new Rig();
    private final NotionPeople people = rig.sandbox.notion().people();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_request_names_a_version_that_there_is() throws IOException {
        String url = rig.sandbox.notion().url() + "/v1/users/me";
        Answer missing = rig.send("GET", url, rig.sandbox.notion().token(), null);
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.body().path("code").asText()).isEqualTo("missing_version");
        Answer unknown = rig.notion("2020-01-01", "GET", "/v1/users/me", null);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().path("message").asText()).contains("2026-03-11");
        assertThat(rig.notion(OLDEST, "GET", "/v1/users/me", null).status()).isEqualTo(200);
    }

    @Test
    void the_oldest_knows_a_database_as_its_only_data_source() throws IOException {
        people.make(Map.of("Name", "Ana"));
        String database = rig.sandbox.notion().databaseId();
        JsonNode shown =
                rig.notion(OLDEST, "GET", "/v1/databases/" + database, null).body();
        assertThat(shown.at("/properties/Name/id").asText()).isEqualTo("title");
        assertThat(shown.has("data_sources")).isFalse();
        assertThat(shown.at("/properties/Related/relation/database_id").asText())
                .isEqualTo(database);
        Answer list = rig.notion(OLDEST, "POST", "/v1/databases/" + database + "/query", Map.of());
        assertThat(list.body().path("type").asText()).isEqualTo("page_or_database");
        JsonNode page = list.body().at("/results/0");
        assertThat(page.at("/parent/type").asText()).isEqualTo("database_id");
        assertThat(page.path("archived").asBoolean(true)).isFalse();
        Map<String, Object> row = Map.of("Name", NotionSay.title("Ben"));
        assertThat(rig.notion(
                                OLDEST,
                                "POST",
                                "/v1/pages",
                                Map.of("parent", Map.of("database_id", database), "properties", row))
                        .status())
                .isEqualTo(200);
        assertThat(rig.notion(
                                OLDEST,
                                "GET",
                                "/v1/data_sources/" + rig.sandbox.notion().dataSourceId(),
                                null)
                        .body()
                        .path("code")
                        .asText())
                .isEqualTo("invalid_request_url");
        assertThat(rig.notion(MIDDLE, "POST", "/v1/databases/" + database + "/query", Map.of())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void the_oldest_is_told_what_it_cannot_understand() throws IOException {
        String database = rig.sandbox.notion().databaseId();
        String more = people.addDataSource(database, "Archive", Map.of());
        Answer refused = rig.notion(OLDEST, "POST", "/v1/databases/" + database + "/query", Map.of());
        assertThat(refused.status()).isEqualTo(400);
        JsonNode about = refused.body().path("additional_data");
        assertThat(refused.body().path("code").asText()).isEqualTo("validation_error");
        assertThat(about.path("error_type").asText()).isEqualTo("multiple_data_sources_for_database");
        assertThat(about.at("/child_data_source_ids/1").asText()).isEqualTo(more);
        assertThat(about.path("minimum_api_version").asText()).isEqualTo(MIDDLE);
        assertThat(rig.notion(OLDEST, "GET", "/v1/databases/" + database, null).status())
                .isEqualTo(400);
        assertThat(rig.notion("POST", "/v1/pages", Map.of("parent", Map.of("database_id", database)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void newer_editions_take_a_database_for_a_parent_as_long_as_it_has_one_data_source() throws IOException {
        String database = rig.sandbox.notion().databaseId();
        Map<String, Object> row = Map.of("Name", NotionSay.title("Ana"));
        Answer made =
                rig.notion("POST", "/v1/pages", Map.of("parent", Map.of("database_id", database), "properties", row));
        assertThat(made.body().at("/parent/data_source_id").asText())
                .isEqualTo(rig.sandbox.notion().dataSourceId());
        assertThat(rig.notion("POST", "/v1/pages", Map.of("properties", row)).status())
                .isEqualTo(400);
        assertThat(rig.notion(
                                OLDEST,
                                "POST",
                                "/v1/pages",
                                Map.of(
                                        "parent",
                                        Map.of(
                                                "data_source_id",
                                                rig.sandbox.notion().dataSourceId())))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void blocks_are_placed_by_after_or_by_position() throws IOException {
        String page = people.make(Map.of("Name", "Ana"));
        String path = "/v1/blocks/" + page + "/children";
        List<Object> one = paragraphs("one", "two");
        String first = rig.notion(MIDDLE, "PATCH", path, Map.of("children", one))
                .body()
                .at("/results/0/id")
                .asText();
        rig.notion(MIDDLE, "PATCH", path, Map.of("children", paragraphs("between"), "after", first));
        rig.notion("PATCH", path, Map.of("children", paragraphs("zero"), "position", Map.of("type", "start")));
        rig.notion(
                "PATCH",
                path,
                Map.of(
                        "children",
                        paragraphs("half"),
                        "position",
                        Map.of("type", "after_block", "after_block", Map.of("id", first))));
        assertThat(rig.notion("GET", path, null).body().path("results").findValuesAsText("plain_text"))
                .containsExactly("zero", "one", "half", "between", "two");
        assertThat(rig.notion("PATCH", path, Map.of("children", one, "after", first))
                        .status())
                .isEqualTo(400);
        assertThat(rig.notion(MIDDLE, "PATCH", path, Map.of("children", one, "after", page))
                        .status())
                .isEqualTo(400);
    }

    private static List<Object> paragraphs(String... texts) {
        return Arrays.stream(texts)
                .map(text -> (Object) Map.of("paragraph", Map.of("rich_text", NotionSay.texts(text))))
                .toList();
    }
}
