package dev.crmsync.tests.notion;

import static dev.crmsync.tests.notion.Studio.TICKET_KEY;
import static dev.crmsync.tests.notion.Studio.contact;
import static dev.crmsync.tests.notion.Studio.creating;
import static dev.crmsync.tests.notion.Studio.list;
import static dev.crmsync.tests.notion.Studio.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.adapter.notion.Notion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations as pages of their own, people and relations, and messages as blocks or comments. */
class NotionTicketsAgainstSandboxTest {
    private Studio studio = new Studio();

    @AfterEach
    void stop() {
        studio.close();
    }

    private void with(UnaryOperator<Notion> more) {
        studio.close();
        studio = new Studio(more);
        studio.setUp();
    }

    private RecordRef ana() {
        return studio.create("ctc_ana", "title", "Ana");
    }

    private RecordRef made(String key, String... properties) {
        return studio.create(Conversation.TYPE, TICKET_KEY, key, Studio.values(properties));
    }

    private Read find(String type, String property, String key, RecordRef page) {
        return studio.find(type, property, key, Map.of("@ticket", NativeValue.text(page.id())));
    }

    @Test
    void ticket_is_made_for_its_contact_found_again_closed_and_opened() {
        studio.setUp();
        RecordRef ana = ana();
        RecordRef ref = made("cnv_1", "Contact", ana.id(), "Status", "Pending");
        assertThat(studio.found(ref))
                .containsEntry("properties.title", NativeValue.text("WhatsApp conversation"))
                .containsEntry("properties.Contact", NativeValue.text(ana.id()))
                .containsEntry("properties.Status", NativeValue.text("Pending"))
                .containsEntry("properties.Assignee", NativeValue.EMPTY)
                .containsEntry("properties.Closed at", NativeValue.EMPTY)
                .containsEntry(TICKET_KEY, NativeValue.text("cnv_1"));
        assertThat(studio.change(ref, "Status", "Closed", "Closed at", "2026-05-01T10:00:00.123Z"))
                .isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(ref))
                .containsEntry("properties.Status", NativeValue.text("Closed"))
                .containsEntry("properties.Closed at", NativeValue.text("2026-05-01T10:00:00.123Z"));
        assertThat(studio.change(ref, "Status", "", "Closed at", "")).isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(ref)).containsEntry("properties.Status", NativeValue.EMPTY);
        assertThat(((Read.Found) studio.find(Conversation.TYPE, TICKET_KEY, "cnv_1", Map.of()))
                        .record()
                        .ref())
                .isEqualTo(ref);
        assertThat(studio.walked(Conversation.TYPE))
                .singleElement()
                .satisfies(event -> assertThat(event.ref()).isEqualTo(ref));
    }

    @Test
    void option_that_a_status_lacks_is_refused_until_a_person_adds_it() {
        String support = studio.people.makeDatabase("Support", Map.of("Name", "title", "State", "status"));
        Adapter adapter = studio.adapter(studio.definition()
                .tickets(support)
                .status("State", "Not started:open,In progress:pending,Done:closed"));
        ((SetsUp) adapter).setUp(adapter.defaultMappings(), false);
        WritesOne writes = (WritesOne) adapter;
        RecordRef ref = ((Outcome.Done) writes.write(
                        creating(Conversation.TYPE, TICKET_KEY, "cnv_1", Studio.values("State", "Not started"))))
                .ref();
        assertThat(writes.write(new Write("k", ref.type(), ref, Studio.values("State", "Done"), null, null)))
                .isInstanceOf(Outcome.Done.class);
        Outcome.Rejected unknown = (Outcome.Rejected)
                writes.write(new Write("k", ref.type(), ref, Studio.values("State", "Snoozed"), null, null));
        assertThat(unknown.kind()).isEqualTo(Rejection.NOT_AN_OPTION);
        assertThat(unknown.property()).isEqualTo("properties.State");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void ticket_of_a_contact_that_is_not_there_waits_for_its_parent(int status) {
        studio.setUp().admin.turn("references.missing", String.valueOf(status));
        String nobody = "11111111-2222-3333-4444-555555555555";
        Outcome.Rejected rejected = (Outcome.Rejected)
                studio.write(creating(Conversation.TYPE, TICKET_KEY, "cnv_1", Studio.values("Contact", nobody)));
        assertThat(rejected.kind()).isEqualTo(Rejection.MISSING_PARENT);
        assertThat(rejected.property()).isEqualTo("properties.Contact");
        assertThat(studio.people.pages()).isEmpty();

        String sari = studio.people.makeUser("Sari", "sari@example.com");
        RecordRef ref = made("cnv_1", "Contact", ana().id());
        rejected = (Outcome.Rejected) studio.change(ref, "Contact", nobody, "Assignee", sari);
        assertThat(rejected.kind()).isEqualTo(Rejection.MISSING_PARENT);
        assertThat(rejected.property()).isEqualTo("properties.Contact");
        rejected = (Outcome.Rejected) studio.change(ref, "Contact", ana().id(), "Assignee", nobody);
        assertThat(rejected.kind()).isEqualTo(Rejection.MISSING_PARENT);
        assertThat(rejected.property()).isEqualTo("properties.Assignee");
    }

    @Test
    void assignee_is_given_exchanged_and_taken_away() {
        studio.setUp();
        String sari = studio.people.makeUser("Sari", "sari@example.com");
        String tono = studio.people.makeUser("Tono", "tono@example.com");
        RecordRef ref = made("cnv_1", "Contact", ana().id(), "Assignee", sari);
        assertThat(studio.found(ref)).containsEntry("properties.Assignee", NativeValue.text(sari));
        assertThat(studio.change(ref, "Assignee", tono)).isInstanceOf(Outcome.Done.class);
        assertThat(studio.people.values(ref.id())).containsEntry("Assignee", List.of(tono));
        assertThat(studio.change(ref, "Assignee", "")).isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(ref)).containsEntry("properties.Assignee", NativeValue.EMPTY);

        studio.people.patch(ref.id(), Map.of("Assignee", List.of(tono, sari)));
        assertThat(((Outcome.Rejected) studio.change(ref, "Assignee", "")).property())
                .isEqualTo("properties.Assignee");
        assertThat(studio.people.values(ref.id())).containsEntry("Assignee", List.of(tono, sari));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void people_and_pages_beyond_the_25_that_a_page_shows_are_kept(boolean relations, boolean peoples) {
        with(one -> one.owner("Owner").reading("Related"));
        studio.admin.turn(Map.of("relation.has_more", relations, "people.has_more", peoples));
        RecordRef ref = ana();
        List<String> agents = new ArrayList<>();
        List<String> pages = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            agents.add(studio.people.makeUser("Agent " + i, "a" + i + "@example.com"));
            pages.add(studio.people.make(Map.of("Name", "p" + i)));
        }
        studio.people.patch(ref.id(), Map.of("Owner", agents, "Related", pages));
        assertThat(studio.found(ref))
                .containsEntry("properties.Owner", NativeValue.text(agents.get(0)))
                .containsEntry("properties.Related", list(pages.toArray(String[]::new)));
        assertThat(studio.walked("contact"))
                .filteredOn(event -> event.ref().equals(ref))
                .singleElement()
                .satisfies(event -> assertThat(event.properties())
                        .containsEntry("properties.Related", list(pages.toArray(String[]::new))));

        String other = studio.people.makeUser("Sari", "sari@example.com");
        assertThat(studio.change(ref, "Owner", other)).isInstanceOf(Outcome.Done.class);
        List<String> after = new ArrayList<>(agents);
        after.set(0, other);
        assertThat(studio.people.values(ref.id())).containsEntry("Owner", after).containsEntry("Related", pages);

        Outcome.Done done = (Outcome.Done) studio.change(
                ref, Map.of("properties.Related", list(pages.subList(0, 50).toArray(String[]::new))));
        assertThat(Objects.requireNonNull(done.record()).properties())
                .containsEntry("properties.Related", list(pages.subList(0, 50).toArray(String[]::new)));
    }

    @Test
    void more_than_a_write_takes_is_refused_and_nothing_is_cut() {
        with(one -> one.owner("Owner"));
        RecordRef ref = ana();
        List<String> agents = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            agents.add(studio.people.makeUser("Agent " + i, "a" + i + "@example.com"));
        }
        studio.people.patch(ref.id(), Map.of("Owner", agents));
        Outcome.Rejected refused = (Outcome.Rejected) studio.change(ref, "Owner", agents.get(119));
        // The one that is wanted stands among the others already: 119 are sent.
        assertThat(refused.kind()).isEqualTo(Rejection.TOO_LONG);
        assertThat(refused.property()).isEqualTo("properties.Owner");
        assertThat(studio.people.values(ref.id())).containsEntry("Owner", agents);
    }

    private static Write noted(String message, RecordRef ticket, String text) {
        return creating(
                Message.TYPE,
                "kirim_message_id",
                message,
                Studio.values(
                        "@text",
                        text,
                        "@at",
                        "2026-05-01T10:00:00.123Z",
                        "@direction",
                        "inbound",
                        "@ticket",
                        ticket.id()));
    }

    @ParameterizedTest
    @CsvSource({"blocks, merged", "blocks, split", "blocks, kept", "comments, merged", "comments, kept"})
    void message_is_kept_once_and_its_text_comes_back_as_it_was(String kind, String segments) {
        with(one -> one.messages(kind));
        studio.admin.turn("rich_text.segments", segments);
        RecordRef page = made("cnv_1", "Contact", ana().id());
        String text = "1 < 2 [not=a line]\nsecond line 🌴 " + "x".repeat(2_500);
        RecordRef first = ((Outcome.Done) studio.write(noted("msg_1", page, text))).ref();
        assertThat(studio.found(first))
                .containsEntry("@text", NativeValue.text(text))
                .containsEntry("@at", NativeValue.text("2026-05-01T10:00:00.123Z"))
                .containsEntry("@direction", NativeValue.text("inbound"))
                .containsEntry("@ticket", NativeValue.text(page.id()));
        for (int i = 2; i <= 130; i++) {
            assertThat(studio.write(noted("msg_" + i, page, "Hi " + i))).isInstanceOf(Outcome.Done.class);
        }
        assertThat(((Read.Found) find(Message.TYPE, "kirim_message_id", "msg_130", page))
                        .record()
                        .properties())
                .containsEntry("@text", NativeValue.text("Hi 130"));
        assertThat(((Read.Found) find(Message.TYPE, "kirim_message_id", "msg_1", page))
                        .record()
                        .ref())
                .isEqualTo(first);
        assertThat(find(Message.TYPE, "kirim_message_id", "msg_999", page)).isInstanceOf(Read.Gone.class);

        assertThat(studio.change(first, "@text", "edited")).isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(first))
                .containsEntry("@text", NativeValue.text("edited"))
                .containsEntry("@at", NativeValue.text("2026-05-01T10:00:00.123Z"));
        assertThat(find(Message.TYPE, "kirim_message_id", "msg_1", page)).isInstanceOf(Read.Found.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocks", "comments"})
    void message_whose_answer_was_lost_is_found_and_one_without_its_ticket_waits(String kind) {
        with(one -> one.messages(kind));
        RecordRef page = made("cnv_1", "Contact", ana().id());
        String method = kind.equals("blocks") ? "PATCH" : "POST";
        studio.admin.fault("lost_answer", 1, Map.of("method", method));
        assertThat(studio.write(noted("msg_1", page, "lost"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(find(Message.TYPE, "kirim_message_id", "msg_1", page)).isInstanceOf(Read.Found.class);

        RecordRef nowhere = ticket("11111111-2222-3333-4444-555555555555");
        Outcome.Rejected orphan = (Outcome.Rejected) studio.write(noted("msg_2", nowhere, "Hi"));
        assertThat(orphan.kind()).isEqualTo(Rejection.MISSING_PARENT);
        assertThat(orphan.property()).isEqualTo("@ticket");
    }

    @Test
    void block_that_people_edit_or_take_away_is_told_as_it_is() {
        studio.setUp();
        RecordRef page = made("cnv_1", "Contact", ana().id());
        studio.people.write(page.id(), "A word of ours before it");
        RecordRef block = ((Outcome.Done) studio.write(noted("msg_1", page, "Hi"))).ref();
        studio.people.write(page.id(), "A word of ours after it");
        assertThat(studio.found(block)).containsEntry("@text", NativeValue.text("Hi"));
        assertThat(((List<?>) studio.people.page(page.id()).get("blocks"))).hasSize(3);
        studio.people.delete(page.id());
        Outcome.Rejected late = (Outcome.Rejected) studio.write(noted("msg_2", page, "Hi"));
        assertThat(late.kind()).isEqualTo(Rejection.MISSING_PARENT);
    }

    @Test
    void free_workspace_that_is_full_refuses_messages_and_new_pages() {
        studio.setUp();
        RecordRef page = made("cnv_1", "Contact", ana().id());
        studio.admin.turn("limits.blocks_most", 2);
        assertThat(studio.write(noted("msg_1", page, "Hi"))).isInstanceOf(Outcome.Rejected.class);
        assertThat(studio.write(creating("ctc_2", "title", "Bob"))).isInstanceOf(Outcome.Rejected.class);
        assertThat(studio.change(page, "Status", "Closed")).isInstanceOf(Outcome.Done.class);
        assertThat(studio.read(contact(page.id()))).isEqualTo(new Read.NotVisible());
    }

    @Test
    void comments_need_their_capability() {
        with(one -> one.messages("comments"));
        RecordRef page = made("cnv_1", "Contact", ana().id());
        studio.admin.turn("capabilities.insert_comments", false);
        Outcome outcome = studio.write(noted("msg_1", page, "Hi"));
        assertThat(((Outcome.Rejected) outcome).kind()).isEqualTo(Rejection.FORBIDDEN);
    }
}
