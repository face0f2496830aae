package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists that a page shows in part only, and the endpoint that shows them whole. */
class NotionReferencesTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();
    private final NotionPeople people = rig.sandbox.notion().people();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_relation_shows_twenty_five_and_says_that_there_are_more() throws IOException {
        List<String> friends = friends(40);
        String id = people.make(Map.of("Name", "Ana", "Related", friends));
        JsonNode related = property(id, "Related");
        assertThat(related.path("relation")).hasSize(25);
        assertThat(related.path("has_more").asBoolean()).isTrue();
        JsonNode queried = NotionSay.query(
                        rig, Map.of("filter", Map.of("property", "Name", "title", Map.of("equals", "Ana"))))
                .body()
                .at("/results/0/properties/Related");
        assertThat(queried).isEqualTo(related);
        assertThat(walk(id, related.path("id").asText(), "relation")).isEqualTo(friends);
        admin.turn("relation.has_more", false);
        assertThat(property(id, "Related").has("has_more")).isFalse();
    }

    @Test
    void writing_back_what_was_read_loses_the_rest() throws IOException {
        String id = people.make(Map.of("Name", "Ana", "Related", friends(30)));
        NotionSay.patch(
                rig,
                id,
                Map.of("Related", Map.of("relation", property(id, "Related").path("relation"))));
        assertThat((List<?>) people.values(id).get("Related")).hasSize(25);
    }

    @Test
    void a_page_that_is_erased_is_related_no_longer() throws IOException {
        List<String> friends = friends(2);
        String id = people.make(Map.of("Name", "Ana", "Related", friends));
        people.delete(friends.get(0));
        assertThat(property(id, "Related").path("relation")).hasSize(2);
        people.erase(friends.get(0));
        assertThat(property(id, "Related").path("relation")).hasSize(1);
        assertThat(property(id, "Related").path("has_more").asBoolean(true)).isFalse();
    }

    @Test
    void people_are_cut_too_and_may_not_say_so() throws IOException {
        List<String> owners = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            owners.add(people.makeUser("Owner " + i, "o" + i + "@example.com"));
        }
        String id = people.make(Map.of("Name", "Ana", "Owner", owners));
        JsonNode owner = property(id, "Owner");
        assertThat(owner.path("people")).hasSize(25);
        assertThat(owner.has("has_more")).isFalse();
        assertThat(walk(id, owner.path("id").asText(), "people")).isEqualTo(owners);
        admin.turn("people.has_more", true);
        assertThat(property(id, "Owner").path("has_more").asBoolean()).isTrue();
    }

    @Test
    void a_text_ends_where_it_would_mention_one_too_many() throws IOException {
        String user = people.users().get(1).get("id").toString();
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            items.add(Map.of("mention", Map.of("type", "user", "user", Map.of("id", user))));
        }
        String id = people.make(Map.of("Name", "Ana"));
        NotionSay.patch(rig, id, Map.of("Notes", Map.of("rich_text", items)));
        JsonNode notes = property(id, "Notes");
        assertThat(notes.path("rich_text")).hasSize(25);
        assertThat(item(id, notes.path("id").asText(), "").path("results")).hasSize(30);
    }

    @Test
    void a_list_is_paged_and_names_its_next_page() throws IOException {
        String id = people.make(Map.of("Name", "Ana", "Related", friends(5)));
        String property = property(id, "Related").path("id").asText();
        JsonNode page = item(id, property, "?page_size=2");
        assertThat(page.path("object").asText()).isEqualTo("list");
        assertThat(page.path("type").asText()).isEqualTo("property_item");
        assertThat(page.at("/property_item/type").asText()).isEqualTo("relation");
        assertThat(page.at("/property_item/id").asText()).isEqualTo(property);
        assertThat(page.at("/property_item/next_url").asText())
                .contains(page.path("next_cursor").asText());
        assertThat(page.at("/results/0/object").asText()).isEqualTo("property_item");
        assertThat(page.path("has_more").asBoolean()).isTrue();
        JsonNode last = item(id, property, "?page_size=100");
        assertThat(last.at("/property_item/next_url").isNull()).isTrue();
        assertThat(last.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void a_single_value_is_one_item() throws IOException {
        String id = people.make(Map.of("Name", "Ana", "Score", 4, "Labels", List.of("VIP"), "Stage", "Lead"));
        JsonNode score = item(id, property(id, "Score").path("id").asText(), "");
        assertThat(score.path("object").asText()).isEqualTo("property_item");
        assertThat(score.path("number").asInt()).isEqualTo(4);
        JsonNode labels = item(id, property(id, "Labels").path("id").asText(), "");
        assertThat(labels.at("/multi_select/0/name").asText()).isEqualTo("VIP");
        JsonNode title = item(id, "title", "");
        assertThat(title.at("/results/0/title/plain_text").asText()).isEqualTo("Ana");
        JsonNode empty = item(id, property(id, "Notes").path("id").asText(), "");
        assertThat(empty.path("results")).isEmpty();
        assertThat(rig.notion("GET", "/v1/pages/" + id + "/properties/none", null)
                        .status())
                .isEqualTo(404);
        assertThat(rig.notion("GET", "/v1/pages/" + id + "/properties/title?page_size=x", null)
                        .status())
                .isEqualTo(400);
    }

    private List<String> friends(int count) {
        List<Map<String, ?>> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(Map.of("properties", Map.of("Name", "Friend " + i)));
        }
        return admin.seed(pages);
    }

    private List<String> walk(String page, String property, String type) throws IOException {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode list = item(page, property, "?page_size=11" + cursor);
            list.path("results")
                    .forEach(one -> ids.add(one.path(type).path("id").asText()));
            cursor = list.path("next_cursor").isNull()
                    ? ""
                    : "&start_cursor=" + list.path("next_cursor").asText();
        } while (!cursor.isEmpty());
        return ids;
    }

    private JsonNode item(String page, String property, String query) throws IOException {
        return rig.notion("GET", "/v1/pages/" + page + "/properties/" + property + query, null)
                .body();
    }

    private JsonNode property(String page, String name) throws IOException {
        return rig.notion("GET", "/v1/pages/" + page, null)
                .body()
                .path("properties")
                .path(name);
    }
}
