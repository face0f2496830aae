package dev.crmsync.tests.pipedrive;

import static dev.crmsync.tests.pipedrive.Office.creating;
import static dev.crmsync.tests.pipedrive.Office.deal;
import static dev.crmsync.tests.pipedrive.Office.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.adapter.pipedrive.Pipedrive;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations as deals or leads, messages as notes or activities, users, and saved filters as segments. */
class DealsAgainstSandboxTest {
    private static final String KEY = "custom_fields.Kirim conversation id";
    private static final String STATES = "1:open,2:open,3:pending,4:open,5:open,won:closed,lost:closed";

    private Office office = new Office();

    @AfterEach
    void stop() {
        office.close();
    }

    private void with(UnaryOperator<Pipedrive> more) {
        office.close();
        office = new Office(more);
        office.setUp();
    }

    private String ana() {
        return office.create("ctc_ana", "name", "Ana");
    }

    private String made(String key, String... properties) {
        return office.create(Conversation.TYPE, KEY, key, Office.values(properties));
    }

    private Outcome change(String id, String... properties) {
        return office.write(new Write("k", Conversation.TYPE, deal(id), Office.values(properties), null, null));
    }

    @Test
    void deal_is_made_for_its_person_found_again_and_moved_through_its_stages() {
        with(one -> one.dealPipeline("1", STATES));
        String ana = ana();
        String id = made("cnv_1", "person_id", ana, "@state", "3");
        assertThat(office.found(deal(id)))
                .containsEntry("title", NativeValue.text("WhatsApp conversation"))
                .containsEntry("person_id", NativeValue.text(ana))
                .containsEntry("@state", NativeValue.text("3"))
                .containsEntry("@closed", NativeValue.EMPTY)
                .containsEntry(KEY, NativeValue.text("cnv_1"));
        assertThat(change(id, "@state", "won")).isInstanceOf(Outcome.Done.class);
        assertThat(office.found(deal(id))).containsEntry("@state", NativeValue.text("won"));
        assertThat(office.found(deal(id)).get("@closed")).isNotEqualTo(NativeValue.EMPTY);
        office.people.lose(id, "silence");
        assertThat(office.found(deal(id))).containsEntry("@state", NativeValue.text("lost"));
        assertThat(change(id, "@state", "2")).isInstanceOf(Outcome.Done.class);
        assertThat(office.found(deal(id)))
                .containsEntry("@state", NativeValue.text("2"))
                .containsEntry("@closed", NativeValue.EMPTY);
        office.pass(Duration.ofSeconds(5));
        assertThat(((Read.Found) office.find(Conversation.TYPE, KEY, "cnv_1"))
                        .record()
                        .ref())
                .isEqualTo(deal(id));
        assertThat(((Outcome.Rejected) change(id, "@state", "99")).property()).isEqualTo("@state");
        assertThat(((Outcome.Rejected) change(id, "owner_id", "99")).property()).isEqualTo("owner_id");
    }

    @Test
    void new_deal_of_a_person_that_is_not_there_waits_for_its_parent() {
        office.setUp();
        Outcome.Rejected rejected = (Outcome.Rejected)
                office.write(creating(Conversation.TYPE, KEY, "cnv_1", Office.values("person_id", "4711")));
        assertThat(rejected.property()).isEqualTo("person_id");
        assertThat(office.people.all("deals")).isEmpty();
    }

    @Test
    void owner_is_given_and_what_the_syncs_own_user_owns_is_nobodys() {
        office.setUp();
        String sari = office.people.makeUser("Sari", "sari@example.com", false);
        String id = made("cnv_1", "person_id", ana());
        assertThat(office.found(deal(id))).containsEntry("owner_id", NativeValue.EMPTY);
        assertThat(change(id, "owner_id", sari)).isInstanceOf(Outcome.Done.class);
        assertThat(office.found(deal(id))).containsEntry("owner_id", NativeValue.text(sari));
        assertThat(change(id, "owner_id", "")).isInstanceOf(Outcome.Done.class);
        assertThat(office.found(deal(id))).containsEntry("owner_id", NativeValue.EMPTY);
        assertThat(office.held("deals", id).get("owner_id").toString())
                .isEqualTo(String.valueOf(office.sandbox.pipedrive().userId()));
    }

    @Test
    void deals_of_another_pipeline_are_left_alone_and_stages_are_compared() {
        office.setUp();
        List<String> stages = office.people.makePipeline("Support", "New", "Waiting");
        String id = made("cnv_1", "person_id", ana());
        Adapter other = office.adapter(office.definition()
                .dealPipeline("2", stages.get(0) + ":open," + stages.get(1) + ":pending,won:closed,lost:closed"));
        assertThat(((ReadsOne) other).read(deal(id))).isInstanceOf(Read.NotVisible.class);
        assertThat(office.walked(other, Conversation.TYPE)).isEmpty();
        assertThat(((ListsAll) other).scopeFingerprint(Conversation.TYPE))
                .isNotEqualTo(((ListsAll) office.adapter).scopeFingerprint(Conversation.TYPE));
        assertThat(((SetsUp) other).setUp(other.defaultMappings(), true))
                .extracting(SetupStep::what)
                .anyMatch(what -> what.contains("pipeline of deals with its stages " + new TreeSet<>(stages)));
        Adapter wrong = office.adapter(office.definition().dealPipeline("2", "1:open,won:closed,lost:closed"));
        assertThat(((SetsUp) wrong).setUp(wrong.defaultMappings(), true))
                .filteredOn(step -> step.state() == SetupStep.State.BY_HAND)
                .extracting(SetupStep::what)
                .anyMatch(what -> what.contains("name each of them"));
    }

    @Test
    void archived_and_deleted_deals_are_told_apart_and_looked_for_once_an_hour() {
        office.setUp();
        String ana = ana();
        String there = made("cnv_1", "person_id", ana);
        String archived = made("cnv_2", "person_id", ana);
        String deleted = made("cnv_3", "person_id", ana);
        String from = office.cursorAt(Conversation.TYPE, Instant.now().minus(Duration.ofHours(2)));
        Office.Polled first = office.poll(Conversation.TYPE, from);
        office.people.archive(archived);
        office.people.delete("deal", deleted);
        List<RecordRef> refs = new ArrayList<>(List.of(deal(there), deal(archived), deal(deleted)));
        for (int i = 0; i < 10; i++) {
            refs.add(deal(made("more_" + i, "person_id", ana)));
        }
        Map<RecordRef, Read> reads = ((ReadsMany) office.adapter).readMany(refs);
        assertThat(reads.get(deal(there))).isInstanceOf(Read.Found.class);
        assertThat(((Read.Gone) reads.get(deal(archived))).restorable()).isTrue();
        assertThat(((Read.Gone) reads.get(deal(deleted))).restorable()).isFalse();

        assertThat(first.events()).extracting(ChangeEvent::kind).containsOnly(ChangeKind.UPSERT);
        String slow = office.cursorAt(Conversation.TYPE, Instant.now().minus(Duration.ofHours(2)));
        assertThat(office.poll(Conversation.TYPE, slow).events())
                .extracting(event -> event.kind() + " " + event.ref().id())
                .contains("ARCHIVE " + archived, "DELETE " + deleted);
        office.people.patch("deal", archived, Map.of("is_archived", false));
        assertThat(office.read(deal(archived))).isInstanceOf(Read.Found.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sanitised", "kept"})
    void message_becomes_a_note_once_and_its_text_comes_back_as_it_was(String html) {
        office.setUp().admin.turn("notes.html", html);
        String id = made("cnv_1", "person_id", ana());
        String text = "1 < 2 && \"yes\"\nsecond line <b>not bold</b> &amp; <3";
        RecordRef note = ((Outcome.Done) office.write(noted("msg_1", id, text))).ref();

        assertThat(office.found(note))
                .containsEntry("@text", NativeValue.text(text))
                .containsEntry("@at", NativeValue.text("2026-05-01T10:00:00.123Z"))
                .containsEntry("@direction", NativeValue.text("inbound"))
                .containsEntry("@ticket", NativeValue.text(id));
        for (int i = 2; i < 40; i++) {
            assertThat(office.write(noted("msg_" + i, id, "Hi " + i))).isInstanceOf(Outcome.Done.class);
        }
        assertThat(((Read.Found) office.find(Message.TYPE, "kirim_message_id", "msg_1"))
                        .record()
                        .ref())
                .isEqualTo(note);
        assertThat(office.find(Message.TYPE, "kirim_message_id", "msg_99")).isInstanceOf(Read.Gone.class);
        Outcome orphan = office.write(noted("msg_99", "4711", "Hi"));
        assertThat(((Outcome.Rejected) orphan).property()).isEqualTo("@ticket");

        office.admin.fault("lost_answer", 1, Map.of("method", "POST", "path", "/notes"));
        assertThat(office.write(noted("msg_100", id, "lost"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(office.find(Message.TYPE, "kirim_message_id", "msg_100")).isInstanceOf(Read.Found.class);
    }

    private static Write noted(String message, String ticket, String text) {
        return creating(
                Message.TYPE,
                "kirim_message_id",
                message,
                Office.values(
                        "@text", text, "@at", "2026-05-01T10:00:00.123Z", "@direction", "inbound", "@ticket", ticket));
    }

    @Test
    void messages_may_be_activities() {
        with(one -> one.messages("activities"));
        String id = made("cnv_1", "person_id", ana());
        RecordRef kept = ((Outcome.Done) office.write(noted("msg_1", id, "a\nb"))).ref();
        assertThat(office.found(kept))
                .containsEntry("@text", NativeValue.text("a\nb"))
                .containsEntry("@at", NativeValue.text("2026-05-01T10:00:00.123Z"))
                .containsEntry("@ticket", NativeValue.text(id));
        assertThat(office.held("activities", kept.id())).containsEntry("done", true);
        assertThat(office.find(Message.TYPE, "kirim_message_id", "msg_1")).isInstanceOf(Read.Found.class);
        List<RecordRef> refs = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            refs.add(((Outcome.Done) office.write(noted("more_" + i, id, "x"))).ref());
        }
        assertThat(((ReadsMany) office.adapter).readMany(refs).values()).allMatch(Read.Found.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pagination", "flat"})
    void conversation_may_be_a_lead(String page) {
        with(one -> one.tickets("leads"));
        office.admin.turn("leads.page", page);
        String ana = ana();
        String from = office.cursorAt(Conversation.TYPE, Instant.now().minus(Duration.ofHours(2)));
        String id = made("cnv_1", "person_id", ana, "@state", "open");
        assertThat(office.found(deal(id)))
                .containsEntry("person_id", NativeValue.text(ana))
                .containsEntry("@state", NativeValue.text("open"))
                .containsEntry(KEY, NativeValue.text("cnv_1"));
        for (int i = 0; i < 620; i++) {
            office.people.make("lead", Map.of("title", "l" + i, "person_id", Long.parseLong(ana)));
        }
        assertThat(change(id, "@state", "archived")).isInstanceOf(Outcome.Done.class);
        assertThat(office.found(deal(id))).containsEntry("@state", NativeValue.text("archived"));
        assertThat(office.walked(office.adapter, Conversation.TYPE))
                .extracting(event -> event.ref().id())
                .doesNotHaveDuplicates()
                .hasSize(621)
                .contains(id);
        assertThat(office.poll(Conversation.TYPE, from).events())
                .extracting(event -> event.ref().id())
                .contains(id)
                .hasSizeGreaterThan(620);
        office.pass(Duration.ofSeconds(5));
        assertThat(office.find(Conversation.TYPE, KEY, "cnv_1")).isInstanceOf(Read.Found.class);
        assertThat(office.write(noted("msg_1", id, "Hi"))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void users_are_walked_read_and_never_written() {
        office.setUp();
        String sari = office.people.makeUser("Sari Dewi", "sari@example.com", false);
        String old = office.people.makeUser("Old", "old@example.com", false);
        office.people.deactivateUser(old);
        assertThat(office.walked(office.adapter, User.TYPE))
                .filteredOn(event -> event.ref().id().equals(sari))
                .singleElement()
                .satisfies(user -> assertThat(user.properties())
                        .containsEntry("name", NativeValue.text("Sari Dewi"))
                        .containsEntry("email", NativeValue.text("sari@example.com")));
        assertThat(office.walked(office.adapter, User.TYPE))
                .extracting(event -> event.ref().id())
                .doesNotContain(old);
        assertThat(office.read(new RecordRef("crm", User.TYPE, old))).isInstanceOf(Read.Gone.class);
        assertThat(office.read(new RecordRef("crm", User.TYPE, "4711"))).isInstanceOf(Read.NotVisible.class);
        assertThat(((Outcome.Rejected) office.write(new Write("k", User.TYPE, null, Map.of(), null, null))).kind())
                .isEqualTo(Rejection.READ_ONLY);
    }

    @Test
    void saved_filters_are_segments_and_their_members_walked_to_the_end() {
        office.setUp();
        String city = office.people.makeField("person", "City", "varchar");
        List<Map<String, Object>> persons = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            persons.add(Map.of("name", "p" + i, "custom_fields", Map.of(city, i < 600 ? "Oslo" : "Tartu")));
        }
        List<String> ids = office.admin.seed(persons);
        String oslo = office.people.makeFilter("Those in Oslo", city, "Oslo");
        ListsSegments segments = (ListsSegments) office.adapter;

        assertThat(segments.segments()).containsExactly(new ListsSegments.Segment("filter:" + oslo, "Those in Oslo"));
        List<RecordRef> all = new ArrayList<>();
        String cursor = null;
        do {
            ListsSegments.Members page = segments.members("filter:" + oslo, cursor);
            assertThat(page.complete()).isTrue();
            all.addAll(page.records());
            cursor = page.next();
        } while (cursor != null);
        assertThat(all)
                .hasSize(600)
                .allMatch(ref -> ref.type().equals(Contact.TYPE))
                .contains(person(ids.get(599)));
        for (String wrong : List.of("filter:999", "VIPs")) {
            assertThatThrownBy(() -> segments.members(wrong, null))
                    .isInstanceOfSatisfying(
                            SyncException.class,
                            fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
        }
    }
}
