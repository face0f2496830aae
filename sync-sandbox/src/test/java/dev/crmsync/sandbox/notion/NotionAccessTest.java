package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shared with the integration and what it may do. */
class NotionAccessTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();
    private final NotionPeople people = rig.sandbox.notion().people();
    private final String database = rig.sandbox.notion().databaseId();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_is_not_shared_is_not_found_and_comes_back_unharmed() throws IOException {
        String page = people.make(Map.of("Name", "Ana"));
        people.write(page, "Hello");
        String block = rig.notion("GET", "/v1/blocks/" + page + "/children", null)
                .body()
                .at("/results/0/id")
                .asText();
        List<String> paths = List.of(
                "/v1/pages/" + page,
                "/v1/pages/" + page + "/properties/title",
                "/v1/databases/" + database,
                "/v1/data_sources/" + rig.sandbox.notion().dataSourceId(),
                "/v1/blocks/" + block,
                "/v1/blocks/" + page + "/children",
                "/v1/comments?block_id=" + page);
        people.unshare(database);
        for (String path : paths) {
            Answer hidden = rig.notion("GET", path, null);
            assertThat(hidden.status()).as(path).isEqualTo(404);
            assertThat(hidden.body().path("code").asText()).isEqualTo("object_not_found");
        }
        assertThat(NotionSay.query(rig, Map.of()).status()).isEqualTo(404);
        assertThat(NotionSay.create(rig, Map.of()).status()).isEqualTo(404);
        assertThat(NotionSay.patch(rig, page, Map.of()).status()).isEqualTo(404);
        Answer nothing = rig.notion("GET", "/v1/pages/00000000-0000-4000-8000-000000000000", null);
        assertThat(nothing.body().path("code").asText()).isEqualTo("object_not_found");
        admin.any("POST", "/index", null);
        assertThat(rig.notion("POST", "/v1/search", Map.of()).body().path("results"))
                .isEmpty();
        assertThat(people.values(page)).containsEntry("Name", "Ana");
        people.share(database);
        for (String path : paths) {
            assertThat(rig.notion("GET", path, null).status()).as(path).isEqualTo(200);
        }
        assertThat(NotionSay.query(rig, Map.of()).body().path("results")).hasSize(1);
    }

    @Test
    void a_page_that_was_moved_out_or_erased_is_not_found() throws IOException {
        String moved = people.make(Map.of("Name", "Ana"));
        String erased = people.make(Map.of("Name", "Ben"));
        people.move(moved, null);
        people.erase(erased);
        assertThat(rig.notion("GET", "/v1/pages/" + moved, null).status()).isEqualTo(404);
        assertThat(rig.notion("GET", "/v1/pages/" + erased, null).status()).isEqualTo(404);
        assertThat(NotionSay.query(rig, Map.of()).body().path("results")).isEmpty();
        assertThat(people.pages()).hasSize(1);
    }

    @Test
    void a_page_that_was_moved_to_another_data_source_shows_its_new_parent() throws IOException {
        String page = people.make(Map.of("Name", "Ana", "Company", "Acme", "Score", 4));
        String source = people.makeDatabase("Leads", Map.of("Name", "title", "Company", "rich_text"));
        people.move(page, source);
        Answer shown = rig.notion("GET", "/v1/pages/" + page, null);
        assertThat(shown.body().at("/parent/data_source_id").asText()).isEqualTo(source);
        assertThat(shown.body().path("in_trash").asBoolean(true)).isFalse();
        assertThat(people.values(page)).containsEntry("Name", "Ana").containsEntry("Company", "Acme");
        assertThat(NotionSay.query(rig, Map.of()).body().path("results")).isEmpty();
    }

    @Test
    void a_capability_that_is_missing_is_forbidden_and_not_unfound() throws IOException {
        String page = people.make(Map.of("Name", "Ana"));
        forbids("read_content", "GET", "/v1/pages/" + page, null);
        forbids("insert_content", "POST", "/v1/pages", Map.of());
        forbids("update_content", "PATCH", "/v1/pages/" + page, Map.of());
        forbids("read_comments", "GET", "/v1/comments?block_id=" + page, null);
        forbids("insert_comments", "POST", "/v1/comments", Map.of());
        admin.turn("capabilities.users", "none");
        assertThat(rig.notion("GET", "/v1/users", null).status()).isEqualTo(403);
        assertThat(rig.notion("GET", "/v1/users/me", null).status()).isEqualTo(200);
    }

    private void forbids(String capability, String method, String path, Object body) throws IOException {
        admin.turn("capabilities." + capability, false);
        Answer refused = rig.notion(method, path, body);
        assertThat(refused.status()).as(capability).isEqualTo(403);
        assertThat(refused.body().path("code").asText()).isEqualTo("restricted_resource");
        admin.turn("capabilities." + capability, true);
    }
}
