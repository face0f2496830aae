package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages as rows of a data source: made, changed, trashed, restored and read. */
class NotionPagesTest {
    private final Rig rig = new Rig();
    private final NotionPeople people = rig.sandbox.notion().people();
    private final String source = rig.sandbox.notion().dataSourceId();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_page_is_made_in_a_data_source_and_found_again() throws IOException {
        Answer made = create(Map.of("Name", NotionSay.title("Ana"), "Email", Map.of("email", "ana@example.com")));
        assertThat(made.status()).isEqualTo(200);
        JsonNode page = made.body();
        assertThat(page.path("object").asText()).isEqualTo("page");
        assertThat(page.at("/parent/type").asText()).isEqualTo("data_source_id");
        assertThat(page.at("/parent/data_source_id").asText()).isEqualTo(source);
        assertThat(page.at("/parent/database_id").asText())
                .isEqualTo(rig.sandbox.notion().databaseId());
        assertThat(page.at("/properties/Name/id").asText()).isEqualTo("title");
        assertThat(page.at("/properties/Name/title/0/plain_text").asText()).isEqualTo("Ana");
        assertThat(page.at("/properties/Email/email").asText()).isEqualTo("ana@example.com");
        assertThat(page.at("/properties/Phone/phone_number").isNull()).isTrue();
        assertThat(page.at("/properties/Labels/multi_select")).isEmpty();
        assertThat(page.at("/properties/VIP/checkbox").asBoolean(true)).isFalse();
        assertThat(page.at("/properties/Number/unique_id/number").asInt()).isEqualTo(1);
        assertThat(page.at("/properties/Number/unique_id/prefix").asText()).isEqualTo("C");
        assertThat(page.at("/created_by/id").asText())
                .isEqualTo(rig.sandbox.notion().botId());
        assertThat(page.path("in_trash").asBoolean(true)).isFalse();
        assertThat(page.has("archived")).isFalse();
        assertThat(made.header("x-notion-request-id")).matches("[0-9a-f-]{36}");
        assertThat(get(id(made)).body()).isEqualTo(page);
        assertThat(get(id(made).replace("-", "")).body()).isEqualTo(page);
    }

    @Test
    void only_what_is_sent_changes_and_null_unsets() throws IOException {
        String id = id(create(Map.of(
                "Name",
                NotionSay.title("Ana"),
                "Email",
                Map.of("email", "ana@example.com"),
                "Score",
                Map.of("number", 4))));
        JsonNode page = patch(id, NotionSay.one("Score", "number", null)).body();
        assertThat(page.at("/properties/Score/number").isNull()).isTrue();
        assertThat(page.at("/properties/Email/email").asText()).isEqualTo("ana@example.com");
        page = patch(id, Map.of("Labels", NotionSay.options("VIP", "New"))).body();
        assertThat(names(page)).containsExactly("VIP", "New");
        page = patch(id, Map.of("Labels", NotionSay.options("New"))).body();
        assertThat(names(page)).containsExactly("New");
        page = patch(id, Map.of("Labels", Map.of("multi_select", List.of()))).body();
        assertThat(names(page)).isEmpty();
    }

    @Test
    void times_are_those_of_the_minute_and_the_last_editor_hides_the_one_before() throws IOException {
        String id = id(create(Map.of("Name", NotionSay.title("Ana"))));
        rig.clock.advance(Duration.ofSeconds(61));
        people.patch(id, Map.of("Company", "Acme"));
        JsonNode page = get(id).body();
        assertThat(page.path("last_edited_time").asText()).endsWith(":00.000Z");
        String person = page.at("/last_edited_by/id").asText();
        assertThat(person).isNotEqualTo(rig.sandbox.notion().botId());
        rig.clock.advance(Duration.ofSeconds(1));
        JsonNode after = patch(id, Map.of("Score", Map.of("number", 1))).body();
        assertThat(after.path("last_edited_time")).isEqualTo(page.path("last_edited_time"));
        assertThat(after.at("/last_edited_by/id").asText())
                .isEqualTo(rig.sandbox.notion().botId());
        assertThat(after.at("/properties/Edited/last_edited_time")).isEqualTo(page.path("last_edited_time"));
        rig.sandbox.notion().adminClient().turn("times.grain", "ms");
        assertThat(get(id).body().path("last_edited_time").asText()).doesNotEndWith(":00.000Z");
    }

    @Test
    void the_trash_is_one_word_in_the_newest_edition_and_two_before() throws IOException {
        String id = id(create(Map.of("Name", NotionSay.title("Ana"))));
        JsonNode trashed =
                rig.notion("PATCH", "/v1/pages/" + id, Map.of("in_trash", true)).body();
        assertThat(trashed.path("in_trash").asBoolean()).isTrue();
        assertThat(trashed.path("is_archived").asBoolean(true)).isFalse();
        assertThat(patch(id, Map.of("Score", Map.of("number", 1))).status()).isEqualTo(400);
        assertThat(get(id).body().path("in_trash").asBoolean()).isTrue();
        Answer older = rig.notion("2025-09-03", "PATCH", "/v1/pages/" + id, Map.of("archived", false));
        assertThat(older.body().path("archived").asBoolean(true)).isFalse();
        assertThat(older.body().path("in_trash").asBoolean(true)).isFalse();
        assertThat(rig.notion("PATCH", "/v1/pages/" + id, Map.of("archived", true))
                        .status())
                .isEqualTo(400);
        Answer both = rig.notion(
                "PATCH",
                "/v1/pages/" + id,
                Map.of("in_trash", false, "properties", Map.of("Score", Map.of("number", 2))));
        assertThat(both.body().at("/properties/Score/number").asInt()).isEqualTo(2);
    }

    @Test
    void a_refused_write_changes_nothing() throws IOException {
        String id = id(create(Map.of("Name", NotionSay.title("Ana"))));
        Answer refused =
                patch(id, Map.of("Labels", NotionSay.options("Fresh"), "Score", Map.of("number", "not a number")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("code").asText()).isEqualTo("validation_error");
        assertThat(names(get(id).body())).isEmpty();
        assertThat(rig.notion("GET", "/v1/data_sources/" + source, null)
                        .body()
                        .at("/properties/Labels/multi_select/options"))
                .isEmpty();
    }

    private Answer create(Map<String, ?> properties) throws IOException {
        return NotionSay.create(rig, properties);
    }

    private Answer patch(String id, Map<String, ?> properties) throws IOException {
        return NotionSay.patch(rig, id, properties);
    }

    private Answer get(String id) throws IOException {
        return rig.notion("GET", "/v1/pages/" + id, null);
    }

    private static String id(Answer answer) {
        return answer.body().path("id").asText();
    }

    private static List<String> names(JsonNode page) {
        return page.at("/properties/Labels/multi_select").findValuesAsText("name");
    }
}
