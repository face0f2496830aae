package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What events say: of which thing, by whom, what changed, and never to what. */
class NotionEventTest {
    private final NotionEars ears = new NotionEars();

    NotionEventTest() throws IOException {}

    @AfterEach
    void stop() {
        ears.close();
    }

    @Test
    void an_event_has_its_envelope_and_its_parent() throws IOException {
        String subscription = ears.subscribe("page.created");
        String id = NotionSay.create(ears.rig, Map.of("Name", NotionSay.title("Ana")))
                .body()
                .path("id")
                .asText();
        JsonNode event = ears.heard().get(0);
        assertThat(event.path("id").asText()).matches("[0-9a-f-]{36}");
        assertThat(event.path("timestamp").asText()).matches(".*T.*\\.\\d{3}Z");
        assertThat(event.path("workspace_id").asText())
                .isEqualTo(ears.rig.sandbox.notion().workspaceId());
        assertThat(event.path("workspace_name").asText()).isEqualTo("Acme");
        assertThat(event.path("subscription_id").asText()).isEqualTo(subscription);
        assertThat(event.path("integration_id").asText())
                .isEqualTo(ears.rig.sandbox.notion().integrationId());
        assertThat(event.path("type").asText()).isEqualTo("page.created");
        assertThat(event.path("attempt_number").asInt()).isEqualTo(1);
        assertThat(event.path("api_version").asText()).isEqualTo("2026-03-11");
        assertThat(event.at("/entity/id").asText()).isEqualTo(id);
        assertThat(event.at("/entity/type").asText()).isEqualTo("page");
        assertThat(event.at("/data/parent/type").asText()).isEqualTo("database");
        assertThat(event.at("/data/parent/id").asText())
                .isEqualTo(ears.rig.sandbox.notion().databaseId());
        assertThat(event.at("/data/parent/data_source_id").asText())
                .isEqualTo(ears.rig.sandbox.notion().dataSourceId());
        assertThat(event.has("accessible_by")).isFalse();
        assertThat(event.toString()).doesNotContain("Ana");
    }

    @Test
    void which_id_a_bot_has_among_the_authors_is_a_dial() throws IOException {
        ears.subscribe("page.created");
        NotionSay.create(ears.rig, Map.of());
        assertThat(author(0)).isEqualTo(ears.rig.sandbox.notion().botId());
        ears.admin.turn("webhooks.author_id", "integration");
        NotionSay.create(ears.rig, Map.of());
        assertThat(author(1)).isEqualTo(ears.rig.sandbox.notion().integrationId());
        ears.admin.turn(Map.of("webhooks.author_id", "bot_id", "webhooks.accessible_by", true));
        NotionSay.create(ears.rig, Map.of());
        assertThat(author(2))
                .isNotIn(
                        ears.rig.sandbox.notion().botId(),
                        ears.rig.sandbox.notion().integrationId());
        assertThat(ears.heard().get(2).path("accessible_by")).hasSize(1);
        ears.people.make(Map.of("Name", "Ana"));
        assertThat(ears.heard().get(3).at("/authors/0/type").asText()).isEqualTo("person");
    }

    private String author(int index) {
        JsonNode author = ears.heard().get(index).at("/authors/0");
        assertThat(author.path("type").asText()).isEqualTo("bot");
        return author.path("id").asText();
    }

    @Test
    void changed_properties_are_named_by_id() throws IOException {
        ears.subscribe("page.properties_updated");
        String id = ears.people.make(Map.of("Name", "Ana"));
        ears.people.renameProperty("Score", "Points");
        NotionSay.patch(
                ears.rig,
                id,
                Map.of("Points", Map.of("number", 1), "Name", NotionSay.title("Ana"), "VIP", Map.of("checkbox", true)));
        JsonNode event = ears.heard().get(0);
        JsonNode properties =
                ears.rig.notion("GET", "/v1/pages/" + id, null).body().path("properties");
        assertThat(event.at("/data/updated_properties"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        properties.at("/Points/id").asText(),
                        properties.at("/VIP/id").asText());
    }

    @Test
    void the_life_of_a_page_is_told() throws IOException {
        ears.subscribe(
                "page.deleted", "page.undeleted", "page.moved", "page.locked", "page.unlocked", "page.content_updated");
        String id = ears.people.make(Map.of("Name", "Ana"));
        ears.people.delete(id);
        assertThat(ears.types()).containsExactly("page.deleted");
        ears.people.delete(id);
        ears.people.restore(id);
        assertThat(ears.types()).hasSize(2).endsWith("page.undeleted");
        ears.people.lock(id);
        ears.people.lock(id);
        ears.people.unlock(id);
        assertThat(ears.types()).hasSize(4).contains("page.locked", "page.unlocked");
        ears.people.write(id, "Hello");
        JsonNode written = ears.heard().get(4);
        assertThat(written.path("type").asText()).isEqualTo("page.content_updated");
        assertThat(written.at("/data/updated_blocks/0/type").asText()).isEqualTo("block");
        String leads = ears.people.makeDatabase("Leads", Map.of("Name", "title"));
        ears.people.move(id, leads);
        JsonNode moved = ears.heard().get(5);
        assertThat(moved.path("type").asText()).isEqualTo("page.moved");
        assertThat(moved.at("/data/parent/data_source_id").asText()).isEqualTo(leads);
        ears.people.move(id, null);
        assertThat(ears.heard().get(6).at("/data/parent/type").asText()).isEqualTo("space");
        ears.people.patch(ears.people.make(Map.of("Name", "Ben")), Map.of("Score", 1));
        assertThat(ears.heard()).hasSize(7);
    }

    @Test
    void whether_a_move_out_of_sight_is_told_is_a_dial() {
        ears.subscribe("page.moved");
        ears.admin.turn("events.moved_out", false);
        ears.people.move(ears.people.make(Map.of("Name", "Ana")), null);
        assertThat(ears.heard()).isEmpty();
    }

    @Test
    void what_was_made_and_trashed_at_once_is_told_as_the_dial_says() {
        ears.subscribe("page.created", "page.deleted", "page.properties_updated");
        ears.admin.turn("webhooks.delay_ms", 60_000);
        flash();
        assertThat(ears.types()).isEmpty();
        ears.admin.turn("events.created_and_deleted", "one");
        flash();
        assertThat(ears.types()).containsExactly("page.deleted");
        ears.admin.turn("events.created_and_deleted", "two");
        flash();
        assertThat(ears.types()).hasSize(4).contains("page.created", "page.deleted", "page.properties_updated");
    }

    @Test
    void what_comes_after_a_page_came_back_is_told() {
        ears.subscribe("page.created", "page.deleted", "page.undeleted", "page.properties_updated");
        ears.admin.turn("webhooks.delay_ms", 60_000);
        String id = ears.people.make(Map.of("Name", "Ana"));
        ears.people.patch(id, Map.of("Score", 1));
        ears.people.delete(id);
        ears.people.restore(id);
        ears.people.patch(id, Map.of("Score", 2));
        ears.people.delete(id);
        assertThat(ears.types()).containsExactlyInAnyOrder("page.undeleted", "page.properties_updated", "page.deleted");
    }

    private void flash() {
        String id = ears.people.make(Map.of("Name", "Ana"));
        ears.people.patch(id, Map.of("Score", 1));
        ears.people.delete(id);
    }

    @Test
    void data_sources_tell_of_their_rows_and_of_their_schema() throws IOException {
        ears.subscribe("data_source.content_updated", "data_source.schema_updated", "data_source.created");
        String page = ears.people.make(Map.of("Name", "Ana"));
        JsonNode rows = ears.heard().get(0);
        assertThat(rows.at("/entity/id").asText())
                .isEqualTo(ears.rig.sandbox.notion().dataSourceId());
        assertThat(rows.at("/entity/type").asText()).isEqualTo("data_source");
        assertThat(rows.at("/data/updated_blocks/0/id").asText()).isEqualTo(page);
        ears.people.renameProperty("Score", "Points");
        JsonNode schema = ears.heard().get(1);
        assertThat(schema.path("type").asText()).isEqualTo("data_source.schema_updated");
        assertThat(schema.at("/data/updated_properties")).hasSize(1);
        NotionSay.patch(ears.rig, page, Map.of("Labels", NotionSay.options("VIP")));
        JsonNode option = ears.heard().get(2);
        assertThat(option.path("type").asText()).isEqualTo("data_source.schema_updated");
        assertThat(option.at("/authors/0/type").asText()).isEqualTo("bot");
        ears.people.addDataSource(ears.rig.sandbox.notion().databaseId(), "More", Map.of());
        assertThat(ears.types()).endsWith("data_source.created");
    }

    @Test
    void comments_are_told_with_their_page() throws IOException {
        ears.subscribe("comment.created", "comment.updated", "comment.deleted");
        String page = ears.people.make(Map.of("Name", "Ana"));
        ears.people.comment(page, "Hello");
        JsonNode event = ears.heard().get(0);
        assertThat(event.at("/entity/type").asText()).isEqualTo("comment");
        assertThat(event.at("/data/page_id").asText()).isEqualTo(page);
        assertThat(event.at("/data/parent/type").asText()).isEqualTo("page");
        assertThat(event.toString()).doesNotContain("Hello");
        String own = ears.rig
                .notion(
                        "POST",
                        "/v1/comments",
                        Map.of("parent", Map.of("page_id", page), "rich_text", NotionSay.texts("Hi")))
                .body()
                .path("id")
                .asText();
        ears.rig.notion("PATCH", "/v1/comments/" + own, Map.of("rich_text", NotionSay.texts("Hi!")));
        ears.rig.notion("DELETE", "/v1/comments/" + own, null);
        assertThat(ears.types())
                .containsExactlyInAnyOrder("comment.created", "comment.created", "comment.updated", "comment.deleted");
    }

    @Test
    void an_older_subscription_hears_of_databases() {
        String id = ears.subscribe("page.created", "data_source.schema_updated");
        ears.admin.any("PATCH", "/webhooks/" + id, Map.of("api_version", "2022-06-28"));
        ears.people.make(Map.of("Name", "Ana"));
        JsonNode created = ears.heard().get(0);
        assertThat(created.path("api_version").asText()).isEqualTo("2022-06-28");
        assertThat(created.at("/data/parent").has("data_source_id")).isFalse();
        ears.people.addProperty("More", "number");
        JsonNode schema = ears.heard().get(1);
        assertThat(schema.path("type").asText()).isEqualTo("database.schema_updated");
        assertThat(schema.at("/entity/id").asText())
                .isEqualTo(ears.rig.sandbox.notion().databaseId());
        assertThat(schema.at("/entity/type").asText()).isEqualTo("database");
    }

    @Test
    void what_is_not_shared_is_not_told() {
        ears.subscribe();
        String page = ears.people.make(Map.of("Name", "Ana"));
        int before = ears.heard().size();
        ears.people.unshare(ears.rig.sandbox.notion().databaseId());
        ears.people.patch(page, Map.of("Score", 1));
        ears.people.comment(page, "Hello");
        ears.people.delete(page);
        ears.people.addProperty("More", "number");
        assertThat(ears.heard()).hasSize(before);
    }

    @Test
    void a_type_that_nobody_asked_for_a_pause_and_a_removal_are_silent() {
        String id = ears.subscribe("page.deleted");
        ears.people.make(Map.of("Name", "Ana"));
        assertThat(ears.heard()).isEmpty();
        ears.admin.any("PATCH", "/webhooks/" + id, Map.of("events", List.of("page.created"), "paused", true));
        ears.people.make(Map.of("Name", "Ben"));
        assertThat(ears.heard()).isEmpty();
        ears.admin.any("PATCH", "/webhooks/" + id, Map.of("paused", false));
        ears.people.make(Map.of("Name", "Cia"));
        assertThat(ears.heard()).hasSize(1);
        ears.admin.any("DELETE", "/webhooks/" + id, null);
        ears.people.make(Map.of("Name", "Dan"));
        assertThat(ears.heard()).hasSize(1);
        assertThat(ears.people.webhooks()).isEmpty();
    }

    @Test
    void an_event_that_is_held_back_is_overtaken() {
        ears.subscribe("page.created");
        ears.admin.turn(Map.of("webhooks.reorder", 1, "webhooks.reorder_ms", 60_000));
        String held = ears.people.make(Map.of("Name", "Ana"));
        ears.rig.clock.advance(Duration.ofMillis(1));
        ears.admin.turn("webhooks.reorder", 0);
        String fast = ears.people.make(Map.of("Name", "Ben"));
        assertThat(ears.receiver.await(1)).hasSize(1);
        List<JsonNode> events = ears.heard();
        assertThat(events).extracting(one -> one.at("/entity/id").asText()).containsExactly(fast, held);
        assertThat(events.get(0).path("timestamp").asText())
                .isGreaterThan(events.get(1).path("timestamp").asText());
    }

    @Test
    void a_data_source_that_is_trashed_and_comes_back_is_told() {
        ears.subscribe("data_source.deleted", "data_source.undeleted");
        String trash = "/data_sources/" + ears.rig.sandbox.notion().dataSourceId() + "/trash";
        ears.admin.any("POST", trash, Map.of());
        ears.admin.any("POST", trash, Map.of());
        assertThat(ears.types()).containsExactly("data_source.deleted");
        ears.admin.any("POST", trash, Map.of("in_trash", false));
        assertThat(ears.types()).hasSize(2).endsWith("data_source.undeleted");
    }

    @Test
    void what_leaves_at_different_times_is_told_apart() {
        ears.subscribe("page.properties_updated");
        String id = ears.people.make(Map.of("Name", "Ana"));
        ears.people.patch(id, Map.of("Score", 1));
        assertThat(ears.heard()).hasSize(1);
        ears.people.patch(id, Map.of("Score", 2));
        List<JsonNode> events = ears.heard();
        assertThat(events).hasSize(2);
        assertThat(events.get(0).path("id")).isNotEqualTo(events.get(1).path("id"));
    }
}
