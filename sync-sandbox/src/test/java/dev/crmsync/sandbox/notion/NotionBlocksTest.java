package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The content of pages. */
class NotionBlocksTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();
    private final NotionPeople people = rig.sandbox.notion().people();
    private String page = "";

    @BeforeEach
    void page() {
        page = people.make(Map.of("Name", "Ana"));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void blocks_are_appended_listed_changed_and_trashed() throws IOException {
        JsonNode made = append(page, paragraph("one"), Map.of("to_do", Map.of("rich_text", NotionSay.texts("two"))))
                .body();
        assertThat(made.path("type").asText()).isEqualTo("block");
        assertThat(made.at("/results/0/object").asText()).isEqualTo("block");
        assertThat(made.at("/results/0/parent/page_id").asText()).isEqualTo(page);
        assertThat(made.at("/results/1/to_do/checked").asBoolean(true)).isFalse();
        String todo = made.at("/results/1/id").asText();
        JsonNode changed = rig.notion("PATCH", "/v1/blocks/" + todo, Map.of("to_do", Map.of("checked", true)))
                .body();
        assertThat(changed.at("/to_do/checked").asBoolean()).isTrue();
        assertThat(changed.at("/to_do/rich_text/0/plain_text").asText()).isEqualTo("two");
        JsonNode gone = rig.notion("DELETE", "/v1/blocks/" + todo, null).body();
        assertThat(gone.path("in_trash").asBoolean()).isTrue();
        assertThat(texts()).containsExactly("one");
        rig.notion("PATCH", "/v1/blocks/" + todo, Map.of("in_trash", false));
        assertThat(texts()).containsExactly("one", "two");
        assertThat(rig.notion("GET", "/v1/blocks/" + todo, null)
                        .body()
                        .path("type")
                        .asText())
                .isEqualTo("to_do");
    }

    @Test
    void blocks_nest_two_deep_in_one_request_and_deeper_in_several() throws IOException {
        Map<String, Object> nested = Map.of(
                "toggle",
                Map.of(
                        "rich_text",
                        NotionSay.texts("above"),
                        "children",
                        List.of(Map.of(
                                "paragraph",
                                Map.of(
                                        "rich_text",
                                        NotionSay.texts("below"),
                                        "children",
                                        List.of(paragraph("deep")))))));
        JsonNode toggle = append(page, nested).body().at("/results/0");
        assertThat(toggle.path("has_children").asBoolean()).isTrue();
        String id = toggle.path("id").asText();
        JsonNode below =
                rig.notion("GET", "/v1/blocks/" + id + "/children", null).body().at("/results/0");
        assertThat(below.at("/parent/block_id").asText()).isEqualTo(id);
        assertThat(below.path("has_children").asBoolean()).isTrue();
        assertThat(append(below.path("id").asText(), paragraph("more")).status())
                .isEqualTo(200);
        Map<String, Object> tooDeep =
                Map.of("quote", Map.of("rich_text", NotionSay.texts("x"), "children", List.of(nested)));
        assertThat(append(page, tooDeep).status()).isEqualTo(400);
    }

    @Test
    void a_page_is_made_with_its_content() throws IOException {
        Answer made = rig.notion(
                "POST",
                "/v1/pages",
                Map.of(
                        "parent",
                        Map.of("data_source_id", rig.sandbox.notion().dataSourceId()),
                        "children",
                        List.of(paragraph("one"), paragraph("two"))));
        page = made.body().path("id").asText();
        assertThat(texts()).containsExactly("one", "two");
        Answer refused = rig.notion(
                "POST",
                "/v1/pages",
                Map.of(
                        "parent",
                        Map.of("data_source_id", rig.sandbox.notion().dataSourceId()),
                        "children",
                        List.of(paragraph("x".repeat(2001)))));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(admin.dump()).hasSize(2);
    }

    @Test
    void children_are_listed_in_pages() throws IOException {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            many.add(paragraph("text " + i));
        }
        append(page, many.toArray());
        JsonNode first = rig.notion("GET", "/v1/blocks/" + page + "/children?page_size=5", null)
                .body();
        assertThat(first.path("results")).hasSize(5);
        JsonNode rest = rig.notion(
                        "GET",
                        "/v1/blocks/" + page + "/children?page_size=5&start_cursor="
                                + first.path("next_cursor").asText(),
                        null)
                .body();
        assertThat(rest.path("results")).hasSize(2);
        assertThat(rest.path("has_more").asBoolean(true)).isFalse();
    }

    @Test
    void an_edit_of_content_by_the_api_may_leave_the_pages_time_alone() throws IOException {
        String before = edited();
        rig.clock.advance(Duration.ofMinutes(2));
        append(page, paragraph("one"));
        assertThat(edited()).isEqualTo(before);
        people.write(page, "two");
        assertThat(edited()).isNotEqualTo(before);
        String after = edited();
        rig.clock.advance(Duration.ofMinutes(2));
        admin.turn("blocks.move_last_edited", true);
        append(page, paragraph("three"));
        assertThat(edited()).isNotEqualTo(after);
    }

    private String edited() throws IOException {
        return rig.notion("GET", "/v1/pages/" + page, null)
                .body()
                .path("last_edited_time")
                .asText();
    }

    @Test
    void what_is_wrong_or_trashed_is_refused() throws IOException {
        assertThat(append(page, Map.of("poem", Map.of())).status()).isEqualTo(400);
        assertThat(rig.notion("PATCH", "/v1/blocks/" + page + "/children", Map.of("children", "x"))
                        .status())
                .isEqualTo(400);
        assertThat(rig.notion("GET", "/v1/blocks/x", null).status()).isEqualTo(400);
        assertThat(rig.notion("GET", "/v1/blocks/00000000-0000-4000-8000-000000000000", null)
                        .status())
                .isEqualTo(404);
        people.delete(page);
        assertThat(append(page, paragraph("late")).status()).isEqualTo(400);
    }

    @Test
    void comments_belong_to_a_page_a_block_or_a_discussion() throws IOException {
        String block = append(page, paragraph("one")).body().at("/results/0/id").asText();
        JsonNode said = say(Map.of("parent", Map.of("page_id", page)), "Hi").body();
        assertThat(said.path("object").asText()).isEqualTo("comment");
        assertThat(said.at("/parent/page_id").asText()).isEqualTo(page);
        assertThat(said.at("/display_name/resolved_name").asText()).isEqualTo("crm-sync");
        String discussion = said.path("discussion_id").asText();
        assertThat(say(Map.of("discussion_id", discussion), "again")
                        .body()
                        .path("discussion_id")
                        .asText())
                .isEqualTo(discussion);
        assertThat(say(Map.of("parent", Map.of("block_id", block)), "here")
                        .body()
                        .at("/parent/block_id")
                        .asText())
                .isEqualTo(block);
        people.comment(page, "Hello");
        JsonNode all = rig.notion("GET", "/v1/comments?block_id=" + page, null).body();
        assertThat(all.path("results").findValuesAsText("plain_text")).containsExactly("Hi", "again", "Hello");
        assertThat(rig.notion("GET", "/v1/comments?block_id=" + block, null)
                        .body()
                        .path("results"))
                .hasSize(1);
        assertThat(people.comments()).hasSize(4);
        String theirs = all.at("/results/2/id").asText();
        assertThat(rig.notion("GET", "/v1/comments/" + theirs, null).status()).isEqualTo(200);
        assertThat(rig.notion("DELETE", "/v1/comments/" + theirs, null).status())
                .isEqualTo(403);
        assertThat(rig.notion("DELETE", "/v1/comments/" + said.path("id").asText(), null)
                        .status())
                .isEqualTo(200);
        assertThat(rig.notion("GET", "/v1/comments/" + said.path("id").asText(), null)
                        .status())
                .isEqualTo(404);
        assertThat(say(Map.of(), "nowhere").status()).isEqualTo(400);
        assertThat(say(Map.of("discussion_id", page), "nowhere").status()).isEqualTo(404);
        assertThat(rig.notion("GET", "/v1/comments", null).status()).isEqualTo(400);
    }

    private Answer say(Map<String, ?> where, String text) throws IOException {
        Map<String, Object> body = new HashMap<>(where);
        body.put("rich_text", NotionSay.texts(text));
        return rig.notion("POST", "/v1/comments", body);
    }

    private Answer append(String to, Object... blocks) throws IOException {
        return rig.notion("PATCH", "/v1/blocks/" + to + "/children", Map.of("children", List.of(blocks)));
    }

    private static Map<String, Object> paragraph(String text) {
        return Map.of("paragraph", Map.of("rich_text", NotionSay.texts(text)));
    }

    private List<String> texts() throws IOException {
        return rig.notion("GET", "/v1/blocks/" + page + "/children", null)
                .body()
                .path("results")
                .findValuesAsText("plain_text");
    }
}
