package dev.crmsync.adapter.notion;

import static dev.crmsync.adapter.notion.FakeNotion.change;
import static dev.crmsync.adapter.notion.FakeNotion.contact;
import static dev.crmsync.adapter.notion.FakeNotion.items;
import static dev.crmsync.adapter.notion.FakeNotion.newContact;
import static dev.crmsync.adapter.notion.FakeNotion.newRecord;
import static dev.crmsync.adapter.notion.FakeNotion.text;
import static dev.crmsync.adapter.notion.FakeNotion.ticket;
import static dev.crmsync.adapter.notion.Workspace.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.notion.FakeNotion.Answer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageWritingTest {
    private final FakeNotion notion = new FakeNotion();
    private final Workspace workspace = new Workspace();
    private NotionAdapter adapter;

    @BeforeEach
    void serve() {
        notion.answering(workspace);
        adapter = notion.adapter();
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    private Outcome.Done done(Write write) {
        Outcome outcome = adapter.write(write);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private Outcome.Rejected rejected(Write write) {
        Outcome outcome = adapter.write(write);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return (Outcome.Rejected) outcome;
    }

    private JsonNode sent() {
        return notion.seen.get(notion.seen.size() - 1).body().path("properties");
    }

    private void property(String name, String type, String... options) {
        workspace.property(Workspace.CONTACTS, "x" + name, name, type, options);
    }

    @Test
    void new_page_bears_its_join_key_and_is_told_as_it_is_shown() {
        Outcome.Done done = done(newContact(
                "ctc_1",
                Map.of(
                        "properties.title", text("Ana"),
                        "properties.Email", text("ana@x.example"),
                        "properties.Phone", NativeValue.EMPTY,
                        "properties.Labels", items("Hot", "New"))));
        assertThat(workspace.pages).containsOnlyKeys(done.ref().id());
        JsonNode body = notion.asked("POST /v1/pages").get(0).body();
        assertThat(body.path("parent").path("data_source_id").asText()).isEqualTo(Workspace.CONTACTS);
        assertThat(body.path("properties").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("title", "em%3A1", "la%3A1", "ki%3A1");
        assertThat(body.path("properties").path("la%3A1").path("multi_select").toString())
                .isEqualTo("[{\"id\":\"opt-Hot\"},{\"name\":\"New\"}]");
        assertThat(done.record()).isNotNull().satisfies(record -> {
            assertThat(record.properties())
                    .containsEntry("properties.Kirim contact id", text("ctc_1"))
                    .containsEntry("properties.Labels", items("Hot", "New"));
            assertThat(record.evidence()).isEqualTo(Evidence.READ);
            assertThat(record.asOf()).isEqualTo(AsOf.coarse(Times.minute(workspace.clock), Duration.ofMinutes(1)));
        });
    }

    @Test
    void change_sends_what_is_to_change_by_id_and_nothing_else() {
        workspace.contact(5, "Budi");
        done(change(contact(id(5)), Map.of("properties.Email", text("b@x.example"))));
        assertThat(sent().toString()).isEqualTo("{\"em%3A1\":{\"email\":\"b@x.example\"}}");
        done(change(contact(id(5)), Map.of("properties.Email", NativeValue.EMPTY)));
        assertThat(sent().toString()).isEqualTo("{\"em%3A1\":{\"email\":null}}");
        done(change(contact(id(5)), Map.of("properties.Labels", items())));
        assertThat(sent().toString()).isEqualTo("{\"la%3A1\":{\"multi_select\":[]}}");
    }

    @Test
    void long_text_goes_in_pieces_that_split_no_character_and_comes_back_whole() {
        workspace.contact(5, "Budi");
        String whole = "a" + "🌴".repeat(3000);
        done(change(contact(id(5)), Map.of("properties.title", text(whole))));
        for (JsonNode piece : sent().path("title").path("title")) {
            String content = piece.path("text").path("content").asText();
            assertThat(content.length()).isLessThanOrEqualTo(2000);
            assertThat(Character.isLowSurrogate(content.charAt(0))).isFalse();
        }
        assertThat(((Read.Found) adapter.read(contact(id(5)))).record().properties())
                .containsEntry("properties.title", text(whole));
        assertThat(rejected(change(contact(id(5)), Map.of("properties.title", text("x".repeat(200_001)))))
                        .kind())
                .isEqualTo(Rejection.TOO_LONG);
    }

    @Test
    void what_does_not_fit_is_refused_here_and_never_cut() {
        workspace.contact(5, "Budi");
        property("Size", "number");
        property("Vip", "checkbox");
        property("Born", "date");
        property("Sum", "formula");
        property("Stage", "status", "Open");
        property("Tier", "select");
        int before = notion.seen.size();
        assertThat(refusedFor("Email", text("x".repeat(201)))).isEqualTo(Rejection.TOO_LONG);
        assertThat(refusedFor("Size", text("twelve"))).isEqualTo(Rejection.INVALID);
        assertThat(refusedFor("Vip", text("maybe"))).isEqualTo(Rejection.INVALID);
        assertThat(refusedFor("Vip", NativeValue.EMPTY)).isEqualTo(Rejection.INVALID);
        assertThat(refusedFor("Born", text("2026-05-01T10:15:27.123Z"))).isEqualTo(Rejection.INVALID);
        assertThat(refusedFor("Born", text("tomorrow"))).isEqualTo(Rejection.INVALID);
        assertThat(refusedFor("Sum", text("1"))).isEqualTo(Rejection.READ_ONLY);
        assertThat(refusedFor("Stage", text("Lost"))).isEqualTo(Rejection.NOT_AN_OPTION);
        assertThat(refusedFor("Tier", text("a, b"))).isEqualTo(Rejection.NOT_AN_OPTION);
        assertThat(refusedFor("Labels", items("a, b"))).isEqualTo(Rejection.NOT_AN_OPTION);
        assertThat(refusedFor("Nowhere", text("x"))).isEqualTo(Rejection.INVALID);
        assertThat(notion.seen.subList(before, notion.seen.size()))
                .noneMatch(request -> request.method().equals("PATCH"));
    }

    private Rejection refusedFor(String name, NativeValue value) {
        Outcome.Rejected rejected = rejected(change(contact(id(5)), Map.of("properties." + name, value)));
        assertThat(rejected.property()).isEqualTo("properties." + name);
        assertThat(rejected.message()).doesNotContain("maybe", "twelve", "tomorrow");
        return rejected.kind();
    }

    @ParameterizedTest
    @CsvSource({
        "number, 12.50, '{\"number\":12.5}'",
        "checkbox, true, '{\"checkbox\":true}'",
        "date, 2026-05-01, '{\"date\":{\"start\":\"2026-05-01\"}}'",
        "date, 2026-05-01T12:00:00+07:00, '{\"date\":{\"start\":\"2026-05-01T05:00:00Z\"}}'",
        "select, Gold, '{\"select\":{\"id\":\"opt-Gold\"}}'",
        "select, New, '{\"select\":{\"name\":\"New\"}}'",
        "status, Gold, '{\"status\":{\"id\":\"opt-Gold\"}}'",
        "phone_number, 0812, '{\"phone_number\":\"0812\"}'",
    })
    void each_type_has_its_form(String type, String value, String form) {
        workspace.contact(5, "Budi");
        property("X", type, "Gold");
        done(change(contact(id(5)), Map.of("properties.X", text(value))));
        assertThat(sent().path("xX").toString()).isEqualTo(form);
    }

    @Test
    void range_of_dates_is_not_cut_to_its_beginning() {
        property("Stay", "date");
        ObjectNode page = workspace.contact(5, "Budi");
        workspace.set(page, "Stay", Json.object().put("start", "2026-05-01").put("end", "2026-05-03"));
        assertThat(refusedFor("Stay", text("2026-05-02"))).isEqualTo(Rejection.INVALID);
        workspace.set(page, "Stay", Json.object().put("start", "2026-05-01").putNull("end"));
        done(change(contact(id(5)), Map.of("properties.Stay", text("2026-05-02"))));
    }

    private ObjectNode ticketWith(String name, JsonNode entries) {
        ObjectNode page = workspace.add(Workspace.TICKETS, 7);
        workspace.set(page, name, entries);
        return page;
    }

    @Test
    void assignee_is_the_first_of_the_people_and_the_others_stay() {
        ticketWith("Assignee", Workspace.references(0x40, 2));
        assertThat(((Read.Found) adapter.read(ticket(id(7)))).record().properties())
                .containsEntry("properties.Assignee", text(id(0x40)));
        done(change(ticket(id(7)), Map.of("properties.Assignee", text(id(0x50)))));
        assertThat(ids(sent().path("as%3A1").path("people"))).containsExactly(id(0x50), id(0x41));
        assertThat(rejected(change(ticket(id(7)), Map.of("properties.Assignee", NativeValue.EMPTY)))
                        .kind())
                .isEqualTo(Rejection.INVALID);
    }

    @Test
    void only_assignee_can_be_taken_away() {
        ticketWith("Assignee", Workspace.references(0x40, 1));
        done(change(ticket(id(7)), Map.of("properties.Assignee", NativeValue.EMPTY)));
        assertThat(sent().toString()).isEqualTo("{\"as%3A1\":{\"people\":[]}}");
    }

    @Test
    void group_among_the_people_is_no_assignee_and_stays() {
        ArrayNode people = Json.array().add(Json.object().put("object", "group").put("id", id(0x60)));
        ticketWith("Assignee", people.addAll(Workspace.references(0x40, 1)));
        assertThat(((Read.Found) adapter.read(ticket(id(7)))).record().properties())
                .containsEntry("properties.Assignee", text(id(0x40)));
        done(change(ticket(id(7)), Map.of("properties.Assignee", NativeValue.EMPTY)));
        assertThat(sent().path("as%3A1").path("people").toString())
                .isEqualTo("[{\"id\":\"" + id(0x60) + "\",\"object\":\"group\"}]");
    }

    private static List<String> ids(JsonNode array) {
        List<String> ids = new ArrayList<>();
        array.forEach(entry -> ids.add(entry.path("id").asText()));
        return ids;
    }

    @Test
    void of_a_list_that_a_page_shows_in_part_no_entry_is_lost_by_a_write() {
        ticketWith("Contact", Workspace.references(0x100, 40));
        done(change(ticket(id(7)), Map.of("properties.Contact", text(id(5)))));
        assertThat(ids(sent().path("co%3A1").path("relation")))
                .hasSize(40)
                .startsWith(id(5))
                .endsWith(id(0x127));
        ticketWith("Contact", Workspace.references(0x100, 140));
        assertThat(rejected(change(ticket(id(7)), Map.of("properties.Contact", text(id(5)))))
                        .kind())
                .isEqualTo(Rejection.TOO_LONG);
    }

    @Test
    void create_whose_answer_is_lost_is_found_again_and_makes_no_second_page() {
        AtomicInteger creates = new AtomicInteger();
        notion.answering(request -> {
            Answer answer = workspace.apply(request);
            return request.line().equals("POST /v1/pages") && creates.incrementAndGet() == 1 ? Answer.cut() : answer;
        });
        assertThat(adapter.write(newContact("ctc_1", Map.of("properties.title", text("Ana")))))
                .isInstanceOf(Outcome.Unknown.class);
        String made = workspace.pages.keySet().iterator().next();
        workspace.unindexed.add(made);
        Write.ExternalId key = new Write.ExternalId("properties.Kirim contact id", "ctc_1");
        assertThat(adapter.find("contact", key)).isInstanceOf(Read.Gone.class);
        workspace.unindexed.clear();
        assertThat(adapter.find("contact", key))
                .isInstanceOfSatisfying(
                        Read.Found.class,
                        found -> assertThat(found.record().ref()).isEqualTo(contact(made)));
        assertThat(creates).hasValue(1);
    }

    @Test
    void without_a_property_for_the_join_key_nobody_is_made() {
        workspace
                .sources
                .get(Workspace.CONTACTS)
                .withObjectProperty("properties")
                .remove("Kirim contact id");
        assertThatThrownBy(() -> adapter.write(newContact("ctc_1", Map.of("properties.title", text("Ana")))))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH))
                .hasMessageContaining("run the set-up");
        assertThat(workspace.pages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void fault_of_the_service_leaves_the_outcome_unknown(int status) {
        workspace.contact(5, "Budi");
        adapter.read(contact(id(5)));
        notion.answering(request ->
                Answer.of(status, FakeNotion.error(status, "service_unavailable", "Please try again later.")));
        assertThat(adapter.write(change(contact(id(5)), Map.of("properties.title", text("Ana")))))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void collision_of_two_who_save_is_tried_again() {
        workspace.contact(5, "Budi");
        adapter.read(contact(id(5)));
        notion.answering(
                request -> Answer.of(409, FakeNotion.error(409, "conflict_error", "Conflict occurred while saving.")));
        assertThat(adapter.write(change(contact(id(5)), Map.of("properties.title", text("Ana")))))
                .isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void refusal_names_the_property_and_not_the_value() {
        workspace.contact(5, "Budi");
        adapter.read(contact(id(5)));
        notion.answering(request -> request.method().equals("GET")
                ? workspace.apply(request)
                : Workspace.invalid("Email is not a valid email: budi-at-home."));
        Outcome.Rejected refused = rejected(change(
                contact(id(5)), Map.of("properties.Email", text("budi-at-home"), "properties.title", text("Budi"))));
        assertThat(refused.property()).isEqualTo("properties.Email");
        assertThat(refused.message()).doesNotContain("budi-at-home");
    }

    @Test
    void page_in_the_trash_or_gone_is_not_found() {
        workspace.contact(5, "Budi").put("in_trash", true);
        assertThat(rejected(change(contact(id(5)), Map.of("properties.title", text("Ana"))))
                        .kind())
                .isEqualTo(Rejection.NOT_FOUND);
        assertThat(rejected(change(contact(id(6)), Map.of("properties.title", text("Ana"))))
                        .kind())
                .isEqualTo(Rejection.NOT_FOUND);
    }

    @Test
    void contact_that_is_not_there_is_a_missing_parent_and_a_data_source_that_is_not_shared_pauses() {
        Write write = newRecord(
                "conversation", "properties.Kirim conversation id", "cnv_1", Map.of("properties.Contact", text(id(5))));
        adapter.describe("conversation");
        notion.answering(request ->
                request.method().equals("POST") ? Workspace.missing("page", id(5)) : workspace.apply(request));
        assertThat(rejected(write).kind()).isEqualTo(Rejection.MISSING_PARENT);
        assertThat(rejected(write).property()).isEqualTo("properties.Contact");
        notion.answering(request -> request.method().equals("POST")
                ? Workspace.missing("data_source", Workspace.TICKETS)
                : workspace.apply(request));
        assertThatThrownBy(() -> adapter.write(write))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
    }

    @Test
    void missing_parent_is_the_one_that_the_refusal_names_whatever_its_status() {
        Map<String, NativeValue> both =
                Map.of("properties.Contact", text(id(5)), "properties.Assignee", text(id(0xa1)));
        Write write = newRecord("conversation", "properties.Kirim conversation id", "cnv_1", both);
        for (String named : List.of(id(5), id(0xa1))) {
            ObjectNode refusal = Json.object()
                    .put("code", "validation_error")
                    .put("message", "Could not find what has the ID: " + named + ".");
            notion.answering(
                    request -> request.method().equals("POST") ? Answer.of(400, refusal) : workspace.apply(request));
            Outcome.Rejected rejected = rejected(write);
            assertThat(rejected.kind()).isEqualTo(Rejection.MISSING_PARENT);
            assertThat(rejected.property())
                    .isEqualTo(named.equals(id(5)) ? "properties.Contact" : "properties.Assignee");
        }
    }

    @Test
    void change_of_a_page_that_was_moved_away_is_not_done() {
        ObjectNode page = workspace.contact(5, "Budi");
        page.putObject("parent").put("type", "data_source_id").put("data_source_id", Workspace.TICKETS);
        assertThat(adapter.write(change(contact(id(5)), Map.of("properties.title", text("Ana")))))
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(rejected(change(contact(id(5)), Map.of("properties.Email", text("a@x.example"))))
                        .kind())
                .isEqualTo(Rejection.NOT_FOUND);
    }

    @Test
    void new_ticket_has_a_title_where_nobody_gave_it_one() {
        adapter = notion.adapter(notion.definition().ticketTitle("Chat"));
        Map<String, NativeValue> open = Map.of("properties.Status", text("Open"));
        done(newRecord("conversation", "properties.Kirim conversation id", "cnv_1", open));
        assertThat(RichText.plain(sent().path("title").path("title"))).isEqualTo("Chat");
        done(newRecord(
                "conversation",
                "properties.Kirim conversation id",
                "cnv_2",
                Map.of("properties.title", text("Refund"))));
        assertThat(RichText.plain(sent().path("title").path("title"))).isEqualTo("Refund");
    }

    @Test
    void capability_that_is_missing_pauses_creates_and_holds_one_page() {
        workspace.contact(5, "Budi");
        adapter.read(contact(id(5)));
        notion.answering(request -> Answer.of(
                403, FakeNotion.error(403, "restricted_resource", "Insufficient permissions for this endpoint.")));
        assertThat(rejected(change(contact(id(5)), Map.of("properties.title", text("Ana"))))
                        .kind())
                .isEqualTo(Rejection.FORBIDDEN);
        assertThatThrownBy(() -> adapter.write(newContact("ctc_1", Map.of("properties.title", text("Ana")))))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
    }

    @Test
    void refusal_after_the_properties_have_changed_is_written_anew() {
        workspace.contact(5, "Budi");
        adapter.read(contact(id(5)));
        property("Brand new", "number");
        notion.answering(request -> request.method().equals("PATCH")
                ? Workspace.invalid("Phone is expected to be number.")
                : workspace.apply(request));
        assertThat(adapter.write(change(contact(id(5)), Map.of("properties.Phone", text("0812")))))
                .isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void page_is_put_into_the_trash_once() {
        workspace.contact(5, "Budi");
        assertThat(adapter.archive(contact(id(5)))).isInstanceOf(Outcome.Done.class);
        assertThat(workspace.pages.get(id(5)).path("in_trash").asBoolean()).isTrue();
        notion.seen.clear();
        assertThat(adapter.archive(contact(id(5)))).isInstanceOf(Outcome.Done.class);
        assertThat(notion.seen).noneMatch(request -> request.method().equals("PATCH"));
        assertThat(adapter.archive(contact(id(6)))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void lists_that_users_map_are_written_whole() {
        property("Friends", "relation");
        workspace.contact(5, "Budi");
        adapter = notion.adapter(notion.definition().reading("Friends"));
        done(change(contact(id(5)), Map.of("properties.Friends", items(id(8), id(9), id(8)))));
        assertThat(ids(sent().path("xFriends").path("relation"))).containsExactly(id(8), id(9));
        ArrayNode many = Workspace.references(0x100, 101);
        assertThat(rejected(change(
                                contact(id(5)),
                                Map.of("properties.Friends", items(ids(many).toArray(String[]::new)))))
                        .kind())
                .isEqualTo(Rejection.TOO_LONG);
    }

    @Test
    void answer_without_the_page_leaves_the_outcome_unknown() {
        adapter.describe("contact");
        notion.answering(request -> request.method().equals("POST")
                ? Answer.of(200, Json.object().put("object", "page"))
                : workspace.apply(request));
        assertThat(adapter.write(newContact("ctc_1", Map.of("properties.title", text("Ana")))))
                .isInstanceOf(Outcome.Unknown.class);
    }
}
