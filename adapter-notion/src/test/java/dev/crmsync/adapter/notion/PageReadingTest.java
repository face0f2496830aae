package dev.crmsync.adapter.notion;

import static dev.crmsync.adapter.notion.FakeNotion.contact;
import static dev.crmsync.adapter.notion.FakeNotion.items;
import static dev.crmsync.adapter.notion.FakeNotion.text;
import static dev.crmsync.adapter.notion.Workspace.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.notion.FakeNotion.Answer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageReadingTest {
    private static final Write.ExternalId CTC_1 = new Write.ExternalId("properties.Kirim contact id", "ctc_1");

    private final FakeNotion notion = new FakeNotion();
    private final Workspace workspace = new Workspace();
    private NotionAdapter adapter;

    @BeforeEach
    void serve() {
        notion.answering(workspace);
        adapter = notion.adapter(notion.definition().metadata("crm_segment", "Segment"));
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    private ChangeEvent found(int number) {
        Read read = adapter.read(contact(id(number)));
        assertThat(read).isInstanceOf(Read.Found.class);
        return ((Read.Found) read).record();
    }

    private ObjectNode budi() {
        ObjectNode page = workspace.contact(5, "Budi");
        workspace.set(page, "Email", Json.object().textNode("budi@x.example"));
        workspace.set(page, "Kirim contact id", Workspace.text("ctc_1"));
        workspace.set(page, "Segment", Json.object().put("id", "opt-Gold").put("name", "Gold"));
        workspace.set(
                page,
                "Labels",
                Json.array()
                        .add(Json.object().put("id", "opt-Cold").put("name", "Cold"))
                        .add(Json.object().put("id", "opt-Hot").put("name", "Hot")));
        return page;
    }

    @Test
    void page_shows_its_properties_by_our_names() {
        budi();
        ChangeEvent event = found(5);
        assertThat(event.properties())
                .isEqualTo(Map.of(
                        "properties.title", text("Budi"),
                        "properties.Email", text("budi@x.example"),
                        "properties.Phone", NativeValue.EMPTY,
                        "properties.Labels", items("Cold", "Hot"),
                        "properties.Kirim contact id", text("ctc_1"),
                        "properties.Segment", text("Gold")));
        assertThat(event.full()).isTrue();
        assertThat(event.evidence()).isEqualTo(Evidence.READ);
    }

    @Test
    void page_is_dated_by_the_whole_minute_of_its_last_edit() {
        budi().put("last_edited_time", "2026-05-01T11:58:37.123Z");
        assertThat(found(5).asOf())
                .isEqualTo(AsOf.coarse(Instant.parse("2026-05-01T11:58:00Z"), Duration.ofMinutes(1)));
    }

    @Test
    void property_that_was_renamed_is_still_known_by_its_id() {
        budi();
        adapter = notion.adapter(notion.definition().metadata("crm_segment", "se%3A1"));
        rename("Segment", "Tier");
        assertThat(found(5).properties()).containsEntry("properties.se%3A1", text("Gold"));
    }

    @Test
    void property_that_is_renamed_while_we_work_is_still_known() {
        budi();
        found(5);
        rename("Segment", "Tier");
        assertThat(found(5).properties()).containsEntry("properties.Segment", text("Gold"));
        adapter.describe("contact");
        assertThat(found(5).properties()).containsEntry("properties.Segment", text("Gold"));
    }

    private void rename(String from, String to) {
        ObjectNode properties = workspace.sources.get(Workspace.CONTACTS).withObjectProperty("properties");
        ObjectNode property = (ObjectNode) properties.remove(from);
        properties.set(to, property.put("name", to));
        ObjectNode held = workspace.pages.get(id(5)).withObjectProperty("properties");
        held.set(to, held.remove(from));
    }

    @Test
    void property_that_is_not_there_is_absent_and_looked_for_once_in_a_while() {
        workspace
                .sources
                .get(Workspace.CONTACTS)
                .withObjectProperty("properties")
                .remove("Phone");
        budi();
        assertThat(found(5).properties()).doesNotContainKey("properties.Phone");
        assertThat(found(5).properties()).doesNotContainKey("properties.Phone");
        assertThat(notion.asked("GET /v1/data_sources/" + Workspace.CONTACTS)).hasSize(1);
        workspace.property(Workspace.CONTACTS, "ph%3A2", "Phone", "phone_number");
        notion.now = notion.now.plus(Duration.ofMinutes(6));
        assertThat(found(5).properties()).containsEntry("properties.Phone", NativeValue.EMPTY);
    }

    @Test
    void text_beyond_one_piece_is_one_text() {
        String whole = "ä".repeat(1999) + "🌴".repeat(1500);
        workspace.set(budi(), "Kirim contact id", Workspace.text(whole));
        assertThat(found(5).properties()).containsEntry("properties.Kirim contact id", text(whole));
    }

    @Test
    void list_of_which_a_page_shows_the_beginning_is_read_to_its_end() {
        workspace.property(Workspace.CONTACTS, "re%3A1", "Friends", "relation");
        workspace.property(Workspace.CONTACTS, "pe%3A1", "Team", "people");
        ObjectNode page = budi();
        workspace.set(page, "Friends", Workspace.references(0x100, 130));
        workspace.set(page, "Team", Workspace.references(0x300, 26));
        adapter = notion.adapter(notion.definition().reading("Friends", "Team"));
        NativeValue friends = found(5).properties().get("properties.Friends");
        assertThat(((NativeValue.Items) friends).items()).hasSize(130).endsWith(text(id(0x100 + 129)));
        assertThat(((NativeValue.Items) found(5).properties().get("properties.Team")).items())
                .hasSize(26);
        assertThat(notion.seen).anyMatch(request -> request.path().equals("/v1/pages/" + id(5) + "/properties/re%3A1"));
    }

    @Test
    void options_are_shown_all_and_never_asked_for_one_by_one() {
        ArrayNode options = Json.array();
        for (int i = 0; i < 60; i++) {
            options.addObject().put("id", "opt-" + i).put("name", "label " + i);
        }
        workspace.set(budi(), "Labels", options);
        assertThat(((NativeValue.Items) found(5).properties().get("properties.Labels")).items())
                .hasSize(60);
        assertThat(notion.seen).noneMatch(request -> request.path().contains("/properties/"));
    }

    @Test
    void other_types_are_told_where_nothing_is_lost() {
        for (String type : new String[] {"number", "checkbox", "url", "date", "unique_id", "formula", "files"}) {
            workspace.property(Workspace.CONTACTS, "x" + type, type, type);
        }
        ObjectNode page = budi();
        workspace.set(page, "number", Json.object().numberNode(12));
        workspace.set(page, "checkbox", Json.object().booleanNode(true));
        workspace.set(page, "url", Json.object().textNode("https://x.example"));
        workspace.set(
                page,
                "date",
                Json.object().put("start", "2026-05-01T17:00:00.000+07:00").putNull("end"));
        workspace.set(page, "unique_id", Json.object().put("prefix", "C").put("number", 7));
        workspace.set(page, "formula", Json.object().put("type", "string").put("string", "sum"));
        workspace.set(page, "files", Json.array());
        adapter = notion.adapter(
                notion.definition().reading("number", "checkbox", "url", "date", "unique_id", "formula", "files"));
        assertThat(found(5).properties())
                .containsEntry("properties.number", NativeValue.number(12))
                .containsEntry("properties.checkbox", NativeValue.flag(true))
                .containsEntry("properties.url", text("https://x.example"))
                .containsEntry("properties.date", text("2026-05-01T10:00:00Z"))
                .containsEntry("properties.unique_id", text("C-7"))
                .containsEntry("properties.formula", text("sum"))
                .doesNotContainKey("properties.files");
        workspace.set(page, "date", Json.object().put("start", "2026-05-01"));
        assertThat(found(5).properties()).containsEntry("properties.date", text("2026-05-01"));
    }

    @Test
    void page_in_the_trash_is_gone_and_may_come_back() {
        budi().put("in_trash", true);
        assertThat(adapter.read(contact(id(5))))
                .isInstanceOfSatisfying(
                        Read.Gone.class, gone -> assertThat(gone.restorable()).isTrue());
    }

    @Test
    void what_is_not_found_or_was_moved_away_is_not_visible_and_not_deleted() {
        assertThat(adapter.read(contact(id(6)))).isEqualTo(new Read.NotVisible());
        budi().withObjectProperty("parent").put("data_source_id", id(0x99));
        assertThat(adapter.read(contact(id(5)))).isEqualTo(new Read.NotVisible());
        assertThat(adapter.read(contact("../users/me"))).isEqualTo(new Read.NotVisible());
    }

    @Test
    void page_of_a_proxy_is_no_proof_of_anything() {
        notion.answering(request -> Answer.of(404, "<html>no such host</html>"));
        assertThatThrownBy(() -> adapter.read(contact(id(5))))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.TRANSIENT));
    }

    @Test
    void other_page_than_the_one_asked_for_proves_nothing() {
        budi();
        notion.answering(request -> request.path().startsWith("/v1/pages")
                ? Answer.of(200, Json.object().put("object", "page").put("id", id(6)))
                : workspace.apply(request));
        assertThat(adapter.read(contact(id(5)))).isInstanceOf(Read.Unknown.class);
    }

    @Test
    void looked_up_page_is_read_and_must_bear_the_key_to_the_letter() {
        budi();
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Found.class);
        assertThat(notion.asked("GET /v1/pages/" + id(5))).hasSize(1);
        assertThat(adapter.find("contact", new Write.ExternalId(CTC_1.property(), "ctc_2")))
                .isInstanceOf(Read.Gone.class);
        notion.answering(request -> {
            Answer answer = workspace.apply(request);
            workspace.set(workspace.pages.get(id(5)), "Kirim contact id", Workspace.text("ctc_9"));
            return answer;
        });
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Gone.class);
    }

    @Test
    void of_two_pages_that_bear_the_key_the_first_made_is_the_one() {
        workspace.set(workspace.contact(9, "Twin"), "Kirim contact id", Workspace.text("ctc_1"));
        workspace.clock = workspace.clock.minusSeconds(600);
        budi();
        assertThat(adapter.find("contact", CTC_1))
                .isInstanceOfSatisfying(
                        Read.Found.class,
                        found -> assertThat(found.record().ref()).isEqualTo(contact(id(5))));
    }

    @Test
    void look_up_that_could_not_be_made_is_no_absence() {
        workspace
                .sources
                .get(Workspace.CONTACTS)
                .withObjectProperty("properties")
                .remove("Kirim contact id");
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Unknown.class);
    }

    @Test
    void look_up_by_a_property_that_is_another_by_now_is_made_anew() {
        budi();
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Found.class);
        notion.answering(request -> request.path().endsWith("/query")
                ? Workspace.invalid("Could not find property with name or id: ki%3A1")
                : workspace.apply(request));
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Unknown.class);
        notion.answering(workspace);
        notion.seen.clear();
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Found.class);
        assertThat(notion.seen.get(0).line()).isEqualTo("GET /v1/data_sources/" + Workspace.CONTACTS);
    }

    @Test
    void short_page_of_a_look_up_is_not_its_end() {
        budi();
        notion.answering(request -> {
            boolean first = request.path().endsWith("/query") && !request.body().has("start_cursor");
            ObjectNode none =
                    Json.object().put("object", "list").put("has_more", true).put("next_cursor", "0");
            none.putArray("results");
            return first ? Answer.of(200, none) : workspace.apply(request);
        });
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Found.class);
    }

    @Test
    void data_source_that_is_not_shared_pauses_the_system() {
        workspace.sources.clear();
        assertThatThrownBy(() -> adapter.list("contact", null))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH))
                .hasMessageContaining("share the database");
    }

    @Test
    void people_of_the_workspace_are_users_and_bots_are_none() {
        workspace.user(0x77, "Ana", "ana@x.example");
        workspace.users.put(
                id(0x78), Json.object().put("id", id(0x78)).put("type", "bot").put("name", "Bot"));
        assertThat(adapter.list("user", null).events())
                .singleElement()
                .satisfies(event -> assertThat(event.properties())
                        .isEqualTo(Map.of("name", text("Ana"), "person.email", text("ana@x.example"))));
        assertThat(adapter.read(new RecordRef("crm", "user", id(0x77)))).isInstanceOf(Read.Found.class);
        assertThat(adapter.read(new RecordRef("crm", "user", id(0x78)))).isEqualTo(new Read.NotVisible());
        assertThat(adapter.read(new RecordRef("crm", "user", id(0x79)))).isEqualTo(new Read.NotVisible());
    }

    @Test
    void data_source_is_described() {
        assertThat(adapter.describe("contact"))
                .extracting(NativeProperty::name)
                .contains("properties.Name", "properties.Email", "properties.Segment");
        assertThat(adapter.describe("user")).hasSize(2);
        assertThat(adapter.describe("message")).hasSize(4);
        assertThatThrownBy(() -> adapter.describe("company")).isInstanceOf(SyncException.class);
    }
}
