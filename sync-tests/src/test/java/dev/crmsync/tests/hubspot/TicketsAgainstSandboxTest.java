package dev.crmsync.tests.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversations as tickets, messages as notes, users as owners, and the segments of contacts. */
class TicketsAgainstSandboxTest {
    private final Portal portal = new Portal();
    private String ana;

    @BeforeEach
    void begin() {
        portal.setUp();
        ana = portal.create("ctc_1", "email", "ana@example.com");
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    private static RecordRef ticket(String id) {
        return new RecordRef("crm", Conversation.TYPE, id);
    }

    private Write creating(String kirimId, String... properties) {
        Map<String, NativeValue> given = new HashMap<>(Portal.values(properties));
        given.putIfAbsent("hs_pipeline_stage", NativeValue.text("1"));
        return new Write(
                kirimId, Conversation.TYPE, null, given, new Write.ExternalId("kirim_conversation_id", kirimId), null);
    }

    private Outcome write(Write write) {
        return ((WritesOne) portal.adapter).write(write);
    }

    private String made(String kirimId, String... properties) {
        return ((Outcome.Done) write(creating(kirimId, properties))).ref().id();
    }

    private Outcome change(String id, String... properties) {
        return write(new Write("k", Conversation.TYPE, ticket(id), Portal.values(properties), null, null));
    }

    private Read read(String id) {
        return ((ReadsOne) portal.adapter).read(ticket(id));
    }

    private Map<String, NativeValue> found(String id) {
        return ((Read.Found) read(id)).record().properties();
    }

    private void associate(String ticket, String contact, boolean removed) {
        var body = Json.object().put("removed", removed);
        body.putObject("from").put("type", "tickets").put("id", ticket);
        body.putObject("to").put("type", "contacts").put("id", contact);
        portal.admin("POST", "/associations", body);
    }

    private List<ChangeEvent> walked(Adapter adapter, String type) {
        List<ChangeEvent> events = new ArrayList<>();
        String cursor = null;
        do {
            Page page = ((ListsAll) adapter).list(type, cursor);
            events.addAll(page.events());
            cursor = page.next();
        } while (cursor != null);
        return events;
    }

    @Test
    void a_ticket_is_made_with_its_contact_and_a_subject_and_read_back_whole() {
        String id = made("cnv_1", "@contact", ana, "closed_date", "2026-05-01T10:00:00Z");

        ChangeEvent record = ((Read.Found) read(id)).record();

        assertThat(record.full()).isTrue();
        assertThat(record.properties())
                .containsEntry("@contact", NativeValue.text(ana))
                .containsEntry("subject", NativeValue.text("WhatsApp conversation"))
                .containsEntry("hs_pipeline_stage", NativeValue.text("1"))
                .containsEntry("kirim_conversation_id", NativeValue.text("cnv_1"))
                .containsEntry("hubspot_owner_id", NativeValue.EMPTY);
    }

    @Test
    void a_create_that_is_repeated_makes_no_second_ticket_and_is_found_by_its_key() {
        String id = made("cnv_1", "@contact", ana);
        assertThat(made("cnv_1", "@contact", ana)).isEqualTo(id);
        Read found = ((FindsCreated) portal.adapter)
                .find(Conversation.TYPE, new Write.ExternalId("kirim_conversation_id", "cnv_1"));
        assertThat(((Read.Found) found).record().ref()).isEqualTo(ticket(id));
        assertThat(((Read.Found) found).record().properties()).containsEntry("@contact", NativeValue.text(ana));
    }

    @Test
    void a_hundred_tickets_are_made_in_two_calls() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            writes.add(creating("cnv_" + i, "@contact", ana));
        }
        long before = portal.sandbox.hubSpot().adminClient().requests("POST /crm/v3/objects/tickets/batch/upsert");
        Map<String, Outcome> outcomes = ((WritesMany) portal.adapter).writeMany(writes);
        assertThat(outcomes)
                .hasSize(100)
                .allSatisfy((key, outcome) -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
        assertThat(portal.sandbox.hubSpot().adminClient().requests("POST /crm/v3/objects/tickets/batch/upsert"))
                .isEqualTo(before + 1);
        assertThat(portal.sandbox
                        .hubSpot()
                        .adminClient()
                        .requests("POST /crm/v4/associations/{from}/{to}/batch/associate/default"))
                .isEqualTo(1);
        RecordRef last = ((Outcome.Done) outcomes.get("cnv_99")).ref();
        assertThat(found(last.id())).containsEntry("@contact", NativeValue.text(ana));
    }

    @Test
    void an_association_that_cannot_be_vouched_for_leaves_the_outcome_open() {
        portal.fault("server_error", "/crm/v4/associations", 10);
        Outcome outcome = write(creating("cnv_1", "@contact", ana));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("association"));
        portal.mend();
        assertThat(found(made("cnv_1", "@contact", ana))).containsEntry("@contact", NativeValue.text(ana));
    }

    @Test
    void one_contact_that_is_missing_keeps_no_other_ticket_open() {
        List<Write> writes = List.of(
                creating("cnv_1", "@contact", ana),
                creating("cnv_2", "@contact", "1"),
                creating("cnv_3", "@contact", ana));
        Map<String, Outcome> outcomes = ((WritesMany) portal.adapter).writeMany(writes);
        assertThat(outcomes.get("cnv_1")).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.get("cnv_2")).isInstanceOf(Outcome.Unknown.class);
        assertThat(outcomes.get("cnv_3")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_contact_is_added_and_never_taken_away_and_of_several_none_is_told() {
        String bob = portal.create("ctc_2", "email", "bob@example.com");
        String id = made("cnv_1");
        assertThat(found(id)).containsEntry("@contact", NativeValue.EMPTY);

        assertThat(change(id, "@contact", ana)).isInstanceOf(Outcome.Done.class);
        assertThat(found(id)).containsEntry("@contact", NativeValue.text(ana));

        associate(id, bob, false);
        ChangeEvent several = ((Read.Found) read(id)).record();
        assertThat(several.properties()).doesNotContainKey("@contact");
        assertThat(several.full()).isFalse();
        assertThat(change(id, "@contact", ""))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.kind()).isEqualTo(Outcome.Rejection.READ_ONLY));
    }

    @Test
    void stages_owners_and_times_are_written_and_wrong_ones_are_typed() {
        portal.admin(
                "POST",
                "/owners",
                Json.parse(Bytes.utf8("{\"owners\":[{\"id\":\"77\",\"email\":\"sari@example.com\"}]}"))
                        .orElseThrow());
        String id = made("cnv_1", "@contact", ana);
        change(id, "hs_pipeline_stage", "4", "hubspot_owner_id", "77", "closed_date", "2026-05-01T10:00:00Z");
        assertThat(found(id))
                .containsEntry("hs_pipeline_stage", NativeValue.text("4"))
                .containsEntry("hubspot_owner_id", NativeValue.text("77"))
                .containsEntry("closed_date", NativeValue.text("2026-05-01T10:00:00.000Z"));
        assertThat(change(id, "hs_pipeline_stage", "9")).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(Outcome.Rejection.NOT_AN_OPTION);
            assertThat(rejected.property()).isEqualTo("hs_pipeline_stage");
        });
        assertThat(change(id, "hubspot_owner_id", "1"))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.property()).isEqualTo("hubspot_owner_id"));
    }

    @Test
    void walks_batches_and_polls_show_the_contact_too() {
        String id = made("cnv_1", "@contact", ana);
        String bare = made("cnv_2");
        assertThat(walked(portal.adapter, Conversation.TYPE))
                .extracting(event -> event.properties().get("@contact"))
                .containsExactly(NativeValue.text(ana), NativeValue.EMPTY);
        Map<RecordRef, Read> reads =
                ((ReadsMany) portal.adapter).readMany(List.of(ticket(id), ticket(bare), ticket("1")));
        assertThat(((Read.Found) reads.get(ticket(id))).record().properties())
                .containsEntry("@contact", NativeValue.text(ana));
        assertThat(reads.get(ticket("1"))).isInstanceOf(Read.NotVisible.class);

        portal.admin("POST", "/tickets/index", Json.object());
        ListsChanges lists = (ListsChanges) portal.adapter;
        Page page = lists.changes(Conversation.TYPE, lists.cursorAt(Conversation.TYPE, Instant.EPOCH));
        assertThat(page.events())
                .extracting(event -> event.properties().get("@contact"))
                .containsExactlyInAnyOrder(NativeValue.text(ana), NativeValue.EMPTY);
    }

    @Test
    void tickets_of_another_pipeline_are_left_alone() {
        String id = made("cnv_1");
        Adapter other =
                portal.adapter(HubSpot.privateApp(portal.sandbox.hubSpot().token())
                        .baseUrl(URI.create(portal.sandbox.hubSpot().url()))
                        .ticketPipeline("7", "70:open,71:pending,72:closed"));
        assertThat(((ReadsOne) other).read(ticket(id))).isInstanceOf(Read.NotVisible.class);
        assertThat(walked(other, Conversation.TYPE)).isEmpty();
        assertThat(((ListsAll) other).scopeFingerprint(Conversation.TYPE))
                .isNotEqualTo(((ListsAll) portal.adapter).scopeFingerprint(Conversation.TYPE));
        assertThat(((SetsUp) other).setUp(other.defaultMappings(), true))
                .extracting(SetupStep::what)
                .anyMatch(what -> what.contains("no pipeline of tickets with the id 7"));
    }

    @Test
    void archived_and_merged_tickets_are_told_apart() {
        String one = made("cnv_1");
        String two = made("cnv_2");
        portal.admin("POST", "/tickets/archive", Json.object().put("id", two));
        assertThat(read(two))
                .isInstanceOfSatisfying(
                        Read.Gone.class, gone -> assertThat(gone.restorable()).isTrue());
        portal.admin("POST", "/tickets/restore", Json.object().put("id", two));
        portal.admin("POST", "/tickets/merge", Json.object().put("primary", one).put("secondary", two));
        assertThat(read(two)).isInstanceOf(Read.MergedInto.class);
    }

    @Test
    void webhooks_tell_of_tickets_and_of_their_contacts_in_either_shape() {
        for (String family : List.of("ticket", "object")) {
            var body = Json.object().put("targetUrl", portal.target());
            body.putArray("subscriptions").add(family + ".associationChange").add(family + ".propertyChange");
            portal.admin("PUT", "/webhooks", body);
            String id = made("cnv_" + family);
            portal.receipts.clear();
            associate(id, ana, false);
            portal.admin(
                    "POST",
                    "/tickets/edits",
                    Json.object()
                            .put("op", "patch")
                            .put("id", id)
                            .set("properties", Json.object().put("hs_pipeline_stage", "2")));
            portal.flush();
            assertThat(portal.accepted())
                    .extracting(
                            keyed -> keyed.event().ref() + " " + keyed.event().kind())
                    .contains(ticket(id) + " " + ChangeKind.GAP, ticket(id) + " " + ChangeKind.UPSERT)
                    .noneMatch(told -> told.contains("/contact/") && told.endsWith("GAP"));
        }
    }

    @Test
    void owners_are_walked_read_and_never_written() {
        portal.admin(
                "POST",
                "/owners",
                Json.parse(Bytes.utf8(
                                "{\"owners\":[{\"id\":\"77\",\"email\":\"sari@example.com\",\"firstName\":\"Sari\",\"lastName\":\"Dewi\"},"
                                        + "{\"id\":\"78\",\"email\":\"old@example.com\",\"archived\":true}]}"))
                        .orElseThrow());
        assertThat(walked(portal.adapter, User.TYPE)).singleElement().satisfies(user -> {
            assertThat(user.ref().id()).isEqualTo("77");
            assertThat(user.properties())
                    .containsEntry("name", NativeValue.text("Sari Dewi"))
                    .containsEntry("email", NativeValue.text("sari@example.com"));
        });
        ReadsOne reads = (ReadsOne) portal.adapter;
        assertThat(reads.read(new RecordRef("crm", User.TYPE, "77"))).isInstanceOf(Read.Found.class);
        assertThat(reads.read(new RecordRef("crm", User.TYPE, "78"))).isInstanceOf(Read.Gone.class);
        assertThat(reads.read(new RecordRef("crm", User.TYPE, "79"))).isInstanceOf(Read.NotVisible.class);
        assertThat(write(new Write("k", User.TYPE, null, Map.of(), null, null))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void a_message_becomes_a_note_of_its_ticket_once_and_its_text_comes_back_as_it_was() {
        String id = made("cnv_1", "@contact", ana);
        String text = "1 < 2 && \"yes\"\nsecond line <b>not bold</b> &amp;";
        Write note = new Write(
                "k",
                Message.TYPE,
                null,
                Portal.values(
                        "hs_note_body",
                        text,
                        "hs_timestamp",
                        "2026-05-01T10:00:00Z",
                        "kirim_direction",
                        "inbound",
                        "@ticket",
                        id),
                new Write.ExternalId("kirim_message_id", "msg_1"),
                null);

        Outcome.Done done = (Outcome.Done) write(note);

        assertThat(done.ref().type()).isEqualTo(Message.TYPE);
        Map<String, NativeValue> shown = ((Read.Found) ((ReadsOne) portal.adapter).read(done.ref()))
                .record()
                .properties();
        assertThat(shown)
                .containsEntry("hs_note_body", NativeValue.text(text))
                .containsEntry("@ticket", NativeValue.text(id))
                .containsEntry("kirim_direction", NativeValue.text("inbound"));
        FindsCreated finder = (FindsCreated) portal.adapter;
        Write.ExternalId key = new Write.ExternalId("kirim_message_id", "msg_1");
        portal.admin("POST", "/notes/index", Json.object());
        assertThat(((Read.Found) finder.find(Message.TYPE, key)).record().ref()).isEqualTo(done.ref());
        assertThat(finder.find(Message.TYPE, new Write.ExternalId("kirim_message_id", "msg_2")))
                .isInstanceOf(Read.Gone.class);
        Map<String, Outcome> many = ((WritesMany) portal.adapter)
                .writeMany(List.of(noted("msg_2", id), noted("msg_3", id), noted("msg_4", "1")));
        assertThat(many.get("msg_2")).isInstanceOf(Outcome.Done.class);
        assertThat(many.get("msg_3")).isInstanceOf(Outcome.Done.class);
        assertThat(many.get("msg_4")).isInstanceOf(Outcome.Rejected.class);
        assertThat(((Read.Found) ((ReadsOne) portal.adapter).read(((Outcome.Done) many.get("msg_3")).ref()))
                        .record()
                        .properties())
                .containsEntry("@ticket", NativeValue.text(id));
    }

    private static Write noted(String message, String ticket) {
        return new Write(
                message,
                Message.TYPE,
                null,
                Portal.values("hs_note_body", "Hi", "hs_timestamp", "2026-05-01T10:00:00Z", "@ticket", ticket),
                new Write.ExternalId("kirim_message_id", message),
                null);
    }

    @Test
    void lists_are_found_and_their_members_walked_to_the_end() {
        List<Map<String, Object>> people = new ArrayList<>();
        for (int i = 0; i < 260; i++) {
            people.add(Map.of("properties", Map.of("email", "p" + i + "@example.com", "city", "Oslo")));
        }
        List<String> ids = portal.sandbox.hubSpot().adminClient().seed(people);
        String list = portal.admin("POST", "/lists", Json.object().put("name", "VIPs"))
                .path("listId")
                .asText();
        var body = Json.object();
        ids.forEach(body.putArray("add")::add);
        portal.admin("POST", "/lists/" + list + "/members", body);
        ListsSegments segments = (ListsSegments) portal.adapter;

        assertThat(segments.segments()).contains(new ListsSegments.Segment("list:" + list, "VIPs"));
        assertThat(members(segments, "list:" + list, true)).hasSize(260).contains(Portal.contact(ids.get(259)));

        portal.admin("POST", "/index", Json.object());
        assertThat(members(segments, "property:city=Oslo", false)).hasSize(260);
        assertThatThrownBy(() -> segments.members("list:999", null))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(SyncException.Kind.VALIDATION));
        assertThatThrownBy(() -> segments.members("VIPs", null)).hasMessageContaining("list:<id>");
    }

    private static List<RecordRef> members(ListsSegments segments, String segment, boolean complete) {
        List<RecordRef> all = new ArrayList<>();
        String cursor = null;
        do {
            ListsSegments.Members page = segments.members(segment, cursor);
            assertThat(page.complete()).isEqualTo(complete);
            all.addAll(page.records());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    @Test
    void an_account_without_tickets_is_spoken_to_about_contacts_alone() {
        Adapter plain =
                portal.adapter(HubSpot.privateApp(portal.sandbox.hubSpot().token())
                        .baseUrl(URI.create(portal.sandbox.hubSpot().url()))
                        .tickets(false)
                        .notes(false));
        assertThat(plain.declaration().types()).hasSize(1);
        assertThatThrownBy(() -> ((ReadsOne) plain).read(ticket("1"))).hasMessageContaining("[contact]");
    }
}
