package dev.crmsync.adapter.notion;

import static dev.crmsync.adapter.notion.FakeNotion.change;
import static dev.crmsync.adapter.notion.FakeNotion.newRecord;
import static dev.crmsync.adapter.notion.FakeNotion.text;
import static dev.crmsync.adapter.notion.Workspace.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.notion.FakeNotion.Answer;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotionMessagesTest {
    private static final Map<String, NativeValue> HELLO = Map.of(
            "@text", text("Halo,\n<b>apa</b> kabar?"),
            "@at", text("2026-05-01T11:15:27.123Z"),
            "@direction", text("inbound"),
            "@ticket", text(id(7)));
    private static final Write.ExternalId MSG_1 = new Write.ExternalId("kirim_message_id", "msg_1");

    private final FakeNotion notion = new FakeNotion();
    private final Workspace workspace = new Workspace();
    private NotionAdapter adapter;

    @BeforeEach
    void serve() {
        notion.answering(workspace);
        workspace.add(Workspace.TICKETS, 7);
        adapter = notion.adapter();
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    private static RecordRef message(String id) {
        return new RecordRef("crm", "message", id);
    }

    private static Write hello() {
        return newRecord("message", MSG_1.property(), MSG_1.value(), HELLO);
    }

    private RecordRef kept() {
        Outcome outcome = adapter.write(hello());
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).ref();
    }

    private Map<String, NativeValue> read(RecordRef ref) {
        Read read = adapter.read(ref);
        assertThat(read).isInstanceOf(Read.Found.class);
        return ((Read.Found) read).record().properties();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocks", "comments"})
    void message_is_kept_on_its_tickets_page_and_read_as_it_was(String kind) {
        adapter = notion.adapter(notion.definition().messages(kind));
        RecordRef ref = kept();
        Map<String, NativeValue> whole = new TreeMap<>(HELLO);
        whole.put("kirim_message_id", text("msg_1"));
        assertThat(read(ref)).isEqualTo(whole);
        assertThat(adapter.find("message", MSG_1, HELLO))
                .isInstanceOfSatisfying(
                        Read.Found.class,
                        found -> assertThat(found.record().ref()).isEqualTo(ref));
        assertThat(adapter.find("message", new Write.ExternalId(MSG_1.property(), "msg_2"), HELLO))
                .isInstanceOf(Read.Gone.class);
    }

    @Test
    void block_goes_to_the_end_of_the_page() {
        kept();
        JsonNode body =
                notion.asked("PATCH /v1/blocks/" + id(7) + "/children").get(0).body();
        assertThat(body.path("position").path("type").asText()).isEqualTo("end");
        assertThat(body.path("children").path(0).path("type").asText()).isEqualTo("paragraph");
    }

    @Test
    void comment_goes_to_the_page() {
        adapter = notion.adapter(notion.definition().messages("comments"));
        kept();
        assertThat(notion.asked("POST /v1/comments")
                        .get(0)
                        .body()
                        .path("parent")
                        .path("page_id")
                        .asText())
                .isEqualTo(id(7));
    }

    @Test
    void message_whose_answer_is_lost_is_found_on_the_page_it_was_sent_to() {
        notion.answering(request -> {
            Answer answer = workspace.apply(request);
            return request.method().equals("PATCH") ? Answer.cut() : answer;
        });
        assertThat(adapter.write(hello())).isInstanceOf(Outcome.Unknown.class);
        for (int i = 0; i < 5; i++) {
            workspace.page = 2;
            assertThat(adapter.find("message", MSG_1, HELLO)).isInstanceOf(Read.Found.class);
        }
        assertThat(adapter.find("message", MSG_1)).isInstanceOf(Read.Unknown.class);
        assertThat(adapter.find("message", MSG_1, Map.of("@ticket", text(id(8)))))
                .isInstanceOf(Read.Unknown.class);
    }

    @Test
    void correction_keeps_the_last_line() {
        RecordRef ref = kept();
        assertThat(adapter.write(change(ref, Map.of("@text", text("Halo!"))))).isInstanceOf(Outcome.Done.class);
        assertThat(read(ref))
                .containsEntry("@text", text("Halo!"))
                .containsEntry("kirim_message_id", text("msg_1"))
                .containsEntry("@at", HELLO.get("@at"));
    }

    @Test
    void block_that_people_made_another_kind_of_is_still_the_message() {
        RecordRef ref = kept();
        ObjectNode block = workspace.kept.get(ref.id());
        block.set("quote", block.remove("paragraph"));
        block.put("type", "quote");
        assertThat(read(ref)).containsEntry("@direction", text("inbound"));
        assertThat(adapter.write(change(ref, Map.of("@text", text("Halo!"))))).isInstanceOf(Outcome.Done.class);
        assertThat(workspace.kept.get(ref.id()).path("quote").path("rich_text")).isNotEmpty();
    }

    @Test
    void text_beyond_one_piece_is_kept_and_beyond_a_block_refused() {
        Map<String, NativeValue> longer = new TreeMap<>(HELLO);
        longer.put("@text", text("x".repeat(9_000)));
        Outcome made = adapter.write(newRecord("message", MSG_1.property(), MSG_1.value(), longer));
        assertThat(read(((Outcome.Done) made).ref())).containsEntry("@text", longer.get("@text"));
        longer.put("@text", text("x".repeat(200_000)));
        assertThat(((Outcome.Rejected) adapter.write(newRecord("message", MSG_1.property(), MSG_1.value(), longer)))
                        .kind())
                .isEqualTo(Rejection.TOO_LONG);
    }

    @Test
    void what_people_wrote_is_no_message_of_ours() {
        adapter.write(newRecord("message", MSG_1.property(), "msg_9", HELLO));
        String id = workspace.kept.keySet().iterator().next();
        workspace.kept.get(id).withObjectProperty("paragraph").set("rich_text", Workspace.text("By hand"));
        assertThat(read(message(id)))
                .containsEntry("@text", text("By hand"))
                .containsEntry("kirim_message_id", NativeValue.EMPTY);
    }

    @Test
    void what_is_settled_is_not_changed_and_a_page_that_is_not_there_is_a_missing_parent() {
        RecordRef ref = kept();
        assertThat(rejection(change(ref, Map.of("@direction", text("outbound")))))
                .isEqualTo(Rejection.READ_ONLY);
        assertThat(rejection(change(ref, Map.of("@colour", text("red"))))).isEqualTo(Rejection.READ_ONLY);
        assertThat(rejection(change(message(id(9)), Map.of("@text", text("x")))))
                .isEqualTo(Rejection.NOT_FOUND);
        Map<String, NativeValue> astray = new TreeMap<>(HELLO);
        astray.put("@ticket", text(id(8)));
        assertThat(rejection(newRecord("message", MSG_1.property(), "msg_2", astray)))
                .isEqualTo(Rejection.MISSING_PARENT);
        astray.remove("@ticket");
        assertThat(rejection(newRecord("message", MSG_1.property(), "msg_2", astray)))
                .isEqualTo(Rejection.REQUIRED);
        assertThat(rejection(newRecord("message", MSG_1.property(), "msg 2]", HELLO)))
                .isEqualTo(Rejection.INVALID);
    }

    private Rejection rejection(Write write) {
        Outcome outcome = adapter.write(write);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected) outcome).kind();
    }

    @Test
    void block_in_the_trash_is_gone_and_one_that_is_not_found_need_not_be() {
        RecordRef ref = kept();
        workspace.kept.get(ref.id()).put("in_trash", true);
        assertThat(adapter.read(ref)).isInstanceOf(Read.Gone.class);
        assertThat(adapter.find("message", MSG_1, HELLO)).isInstanceOf(Read.Gone.class);
        assertThat(adapter.read(message(id(9)))).isEqualTo(new Read.NotVisible());
    }

    @Test
    void limits_and_collisions_are_no_refusals() {
        for (Answer answer : List.of(
                Answer.of(429, FakeNotion.error(429, "rate_limited", "Slow down")),
                Answer.of(529, FakeNotion.error(529, "service_overload", "Overloaded")),
                Answer.of(409, FakeNotion.error(409, "conflict_error", "Conflict")))) {
            notion.answering(request -> answer);
            assertThat(adapter.write(hello())).isInstanceOf(Outcome.Deferred.class);
        }
    }
}
