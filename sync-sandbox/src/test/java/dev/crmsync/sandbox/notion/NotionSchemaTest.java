package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Databases, data sources and their schemas, which people change as they like. */
class NotionSchemaTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();
    private final NotionPeople people = rig.sandbox.notion().people();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_database_names_its_data_sources_and_a_data_source_its_schema() throws IOException {
        String id = rig.sandbox.notion().databaseId();
        JsonNode database = rig.notion("GET", "/v1/databases/" + id, null).body();
        assertThat(database.path("object").asText()).isEqualTo("database");
        assertThat(database.path("data_sources")).hasSize(1);
        assertThat(database.at("/data_sources/0/id").asText())
                .isEqualTo(rig.sandbox.notion().dataSourceId())
                .isNotEqualTo(id);
        assertThat(database.at("/data_sources/0/name").asText()).isEqualTo("Contacts");
        assertThat(database.has("properties")).isFalse();
        JsonNode source = source();
        assertThat(source.path("object").asText()).isEqualTo("data_source");
        assertThat(source.at("/parent/database_id").asText()).isEqualTo(id);
        assertThat(source.at("/title/0/plain_text").asText()).isEqualTo("Contacts");
        assertThat(source.at("/properties/Name/id").asText()).isEqualTo("title");
        assertThat(source.at("/properties/Name/title").isObject()).isTrue();
        assertThat(source.at("/properties/Stage/select/options")).hasSize(2);
        assertThat(source.at("/properties/Status/status/groups/0/option_ids")).hasSize(3);
        assertThat(source.at("/properties/Related/relation/data_source_id")).isEqualTo(source.path("id"));
        assertThat(source.at("/properties/Number/unique_id/prefix").asText()).isEqualTo("C");
        assertThat(source.path("in_trash").asBoolean(true)).isFalse();
        assertThat(rig.notion("GET", "/v1/data_sources/" + id, null).status()).isEqualTo(404);
        assertThat(rig.notion("GET", "/v1/data_sources/x", null).status()).isEqualTo(400);
    }

    @Test
    void a_rename_keeps_the_id_and_the_values() throws IOException {
        String page = people.make(Map.of("Name", "Ana", "Company", "Acme"));
        String id = source().at("/properties/Company/id").asText();
        people.renameProperty("Company", "Employer");
        assertThat(source().at("/properties/Employer/id").asText()).isEqualTo(id);
        assertThat(people.values(page)).containsEntry("Employer", "Acme").doesNotContainKey("Company");
        assertThatThrownBy(() -> people.renameProperty("Employer", "Name")).hasMessageContaining("two properties");
        assertThatThrownBy(() -> people.renameProperty("Nonsense", "x")).hasMessageContaining("Nonsense");
    }

    @Test
    void some_ids_are_url_encoded() throws IOException {
        for (int i = 0; i < 20; i++) {
            people.addProperty("More " + i, "number");
        }
        List<String> ids = source().path("properties").findValuesAsText("id");
        assertThat(ids).anySatisfy(id -> assertThat(id).contains("%"));
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void a_property_that_is_removed_takes_its_values_along() throws IOException {
        String page = people.make(Map.of("Name", "Ana", "Company", "Acme"));
        people.removeProperty("Company");
        assertThat(source().at("/properties/Company").isMissingNode()).isTrue();
        people.addProperty("Company", "rich_text");
        assertThat(people.values(page)).containsEntry("Company", "");
        assertThatThrownBy(() -> people.removeProperty("Name")).hasMessageContaining("title");
    }

    @Test
    void a_property_that_is_retyped_keeps_its_id_and_its_text() throws IOException {
        String page = people.make(Map.of("Name", "Ana", "Email", "ana@example.com", "Score", 4));
        String id = source().at("/properties/Email/id").asText();
        people.retypeProperty("Email", "rich_text");
        people.retypeProperty("Score", "checkbox");
        assertThat(source().at("/properties/Email/id").asText()).isEqualTo(id);
        assertThat(people.values(page))
                .containsEntry("Email", "ana@example.com")
                .containsEntry("Score", false);
        assertThat(NotionSay.patch(rig, page, Map.of(id, Map.of("email", "x"))).status())
                .isEqualTo(400);
        assertThatThrownBy(() -> people.retypeProperty("Name", "number")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void options_are_added_renamed_and_removed_by_people() {
        String page = people.make(Map.of("Name", "Ana", "Labels", List.of("VIP", "New")));
        String id = people.addOption("Labels", "Old");
        people.renameOption("Labels", id, "Older");
        people.removeOption("Labels", "VIP");
        assertThat(people.values(page)).containsEntry("Labels", List.of("New"));
        assertThatThrownBy(() -> people.removeOption("Labels", "VIP")).hasMessageContaining("VIP");
        assertThatThrownBy(() -> people.addOption("Labels", "a,b")).hasMessageContaining("commas");
    }

    @Test
    void the_api_adds_renames_and_removes_properties_all_or_none() throws IOException {
        Map<String, Object> changes = new HashMap<>();
        changes.put("Kirim label", Map.of("multi_select", Map.of("options", List.of(Map.of("name", "VIP")))));
        changes.put("Company", Map.of("name", "Employer"));
        changes.put("Website", null);
        JsonNode changed = change(changes).body();
        assertThat(changed.at("/properties/Kirim label/multi_select/options/0/name")
                        .asText())
                .isEqualTo("VIP");
        assertThat(changed.path("properties").has("Employer")).isTrue();
        assertThat(changed.path("properties").has("Website")).isFalse();
        changes.clear();
        changes.put("Another", Map.of("number", Map.of()));
        changes.put("Name", null);
        assertThat(change(changes).status()).isEqualTo(400);
        assertThat(source().path("properties").has("Another")).isFalse();
        assertThat(change(Map.of("Bad", Map.of("poem", Map.of()))).status()).isEqualTo(400);
        assertThat(change(Map.of("Title two", Map.of("title", Map.of()))).status())
                .isEqualTo(400);
        admin.turn("capabilities.edit_data_source", false);
        assertThat(change(Map.of("Late", Map.of("number", Map.of()))).status()).isEqualTo(403);
    }

    @Test
    void the_api_renames_a_data_source() throws IOException {
        Answer answer = rig.notion(
                "PATCH",
                "/v1/data_sources/" + rig.sandbox.notion().dataSourceId(),
                Map.of("title", NotionSay.texts("Leads")));
        assertThat(answer.body().at("/title/0/plain_text").asText()).isEqualTo("Leads");
        assertThat(answer.body().at("/last_edited_by/id").asText())
                .isEqualTo(rig.sandbox.notion().botId());
    }

    @Test
    void options_are_replaced_as_a_whole_and_keep_their_colour() throws IOException {
        JsonNode options = source().at("/properties/Stage/select/options");
        String lead = options.at("/0/id").asText();
        Answer changed = change(Map.of(
                "Stage",
                Map.of(
                        "select",
                        Map.of("options", List.of(Map.of("id", lead, "name", "Prospect"), Map.of("name", "Lost"))))));
        assertThat(changed.body().at("/properties/Stage/select/options").findValuesAsText("name"))
                .containsExactly("Prospect", "Lost");
        String color = options.at("/0/color").asText().equals("red") ? "blue" : "red";
        Map<String, Object> recoloured = Map.of("id", lead, "color", color);
        assertThat(change(Map.of("Stage", Map.of("select", Map.of("options", List.of(recoloured)))))
                        .status())
                .isEqualTo(400);
        assertThat(change(Map.of("Stage", Map.of("select", Map.of("options", List.of(Map.of())))))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whether_the_api_changes_the_options_of_a_status_is_a_dial() throws IOException {
        Map<String, Object> more =
                Map.of("Status", Map.of("status", Map.of("options", List.of(Map.of("name", "Waiting")))));
        assertThat(change(more).status()).isEqualTo(400);
        admin.turn("status.options_writable", true);
        assertThat(change(more)
                        .body()
                        .at("/properties/Status/status/options/0/name")
                        .asText())
                .isEqualTo("Waiting");
    }

    @Test
    void people_make_databases_and_more_data_sources() throws IOException {
        String source = people.makeDatabase("Deals", Map.of("Deal", "title", "Amount", "number"));
        String page = people.makeIn(source, Map.of("Deal", "Big", "Amount", 7));
        JsonNode shown = rig.notion("GET", "/v1/pages/" + page, null).body();
        assertThat(shown.at("/parent/data_source_id").asText()).isEqualTo(source);
        assertThat(shown.at("/properties/Amount/number").asInt()).isEqualTo(7);
        String database = shown.at("/parent/database_id").asText();
        String more = people.addDataSource(database, "Archive", Map.of());
        assertThat(rig.notion("GET", "/v1/databases/" + database, null)
                        .body()
                        .path("data_sources")
                        .findValuesAsText("name"))
                .containsExactly("Deals", "Archive");
        assertThat(rig.notion("GET", "/v1/data_sources/" + more, null)
                        .body()
                        .at("/properties/Name/type")
                        .asText())
                .isEqualTo("title");
        assertThat(people.databases()).hasSize(2);
    }

    @Test
    void a_data_source_in_the_trash_is_shown_and_not_queried() throws IOException {
        String page = people.make(Map.of("Name", "Ana"));
        String id = rig.sandbox.notion().dataSourceId();
        admin.any("POST", "/data_sources/" + id + "/trash", Map.of());
        assertThat(source().path("in_trash").asBoolean()).isTrue();
        assertThat(NotionSay.query(rig, Map.of()).status()).isEqualTo(404);
        assertThat(NotionSay.create(rig, Map.of()).status()).isEqualTo(404);
        assertThat(rig.notion("GET", "/v1/pages/" + page, null)
                        .body()
                        .path("in_trash")
                        .asBoolean())
                .isTrue();
        admin.any("POST", "/data_sources/" + id + "/trash", Map.of("in_trash", false));
        assertThat(NotionSay.query(rig, Map.of()).body().path("results")).hasSize(1);
    }

    private JsonNode source() throws IOException {
        return rig.notion("GET", "/v1/data_sources/" + rig.sandbox.notion().dataSourceId(), null)
                .body();
    }

    private Answer change(Map<String, ?> properties) throws IOException {
        return rig.notion(
                "PATCH", "/v1/data_sources/" + rig.sandbox.notion().dataSourceId(), Map.of("properties", properties));
    }

    @Test
    void whether_other_objects_are_of_the_minute_too_is_a_dial() throws IOException {
        rig.clock.advance(Duration.ofMillis(61_234));
        people.renameProperty("Company", "Employer");
        assertThat(source().path("last_edited_time").asText()).endsWith(":00.000Z");
        admin.turn("times.grain_elsewhere", "ms");
        assertThat(source().path("last_edited_time").asText()).endsWith("234Z");
    }

    @Test
    void the_first_version_changes_no_data_source() throws IOException {
        Answer refused = rig.notion(
                "2022-06-28",
                "PATCH",
                "/v1/data_sources/" + rig.sandbox.notion().dataSourceId(),
                Map.of());
        assertThat(refused.body().path("code").asText()).isEqualTo("invalid_request_url");
    }
}
