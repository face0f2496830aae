package dev.crmsync.adapter.kirim;

import static dev.crmsync.adapter.kirim.Organisation.ref;
import static dev.crmsync.adapter.kirim.Organisation.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations and who attends to them, under every setting of the dials that concern them. */
class ConversationsAgainstSandboxTest {
    private final Organisation kirim = new Organisation();
    private final KirimAdapter adapter = kirim.adapter;

    @AfterEach
    void close() {
        kirim.close();
    }

    private List<ChangeEvent> walked() {
        List<ChangeEvent> events = new ArrayList<>();
        String cursor = null;
        do {
            Page page = adapter.list(Conversation.TYPE, cursor);
            assertThat(page.complete()).isTrue();
            events.addAll(page.events());
            cursor = page.next();
        } while (cursor != null);
        return events;
    }

    private ChangeEvent read(String id) {
        return ((Read.Found) adapter.read(ref(Conversation.TYPE, id))).record();
    }

    private Outcome patch(String id, Map<String, NativeValue> properties) {
        return adapter.write(new Write("k", Conversation.TYPE, ref(Conversation.TYPE, id), properties, null, null));
    }

    @Test
    void a_walk_shows_what_is_open_and_then_what_waits_with_their_users_before_them() {
        String open = kirim.conversation("+6281200001");
        String waiting = kirim.conversation("+6281200002");
        String done = kirim.conversation("+6281200003");
        kirim.doing("op", "status", "id", waiting, "status", "pending");
        kirim.doing("op", "status", "id", done, "status", "resolved");
        String sari = kirim.user("Sari", "sari@example.com");
        kirim.doing("op", "assign", "id", open, "user_id", sari);

        List<ChangeEvent> walked = walked();

        assertThat(walked)
                .extracting(event -> event.ref().toString())
                .containsExactly(
                        ref(User.TYPE, sari).toString(),
                        ref(Conversation.TYPE, open).toString(),
                        ref(Conversation.TYPE, waiting).toString());
        assertThat(walked.get(0).properties())
                .containsEntry("name", text("Sari"))
                .containsEntry("email", text("sari@example.com"));
        assertThat(walked.get(0).full()).isTrue();
        ChangeEvent shown = walked.get(1);
        assertThat(shown.full()).isTrue();
        assertThat(shown.properties())
                .containsEntry("status", text("open"))
                .containsEntry("assigned_to", text(sari))
                .containsEntry("closed_at", NativeValue.EMPTY)
                .containsKey("contact_id");
        assertThat(walked.get(2).properties()).containsEntry("assigned_to", NativeValue.EMPTY);
    }

    @Test
    void a_walk_of_many_pages_shows_each_conversation() {
        for (int i = 0; i < 205; i++) {
            kirim.conversation("+62812%06d".formatted(i));
        }
        assertThat(walked()).hasSize(205);
        assertThatThrownBy(() -> adapter.list(Conversation.TYPE, "kirim-walk-1:plain:x"))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(SyncException.Kind.VALIDATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "phone", "root"})
    void one_is_read_wherever_kirim_shows_it(String path) {
        kirim.admin.turn("conversations.get_one", path);
        String id = kirim.conversation("+6281200001");
        kirim.doing("op", "status", "id", id, "status", "resolved");

        ChangeEvent record = read(id);

        assertThat(record.properties())
                .containsEntry("status", text("resolved"))
                .doesNotContainKey("closed_at");
        assertThat(read(id).properties()).isEqualTo(record.properties());
    }

    @Test
    void where_one_can_be_read_is_tried_once() {
        kirim.admin.turn("conversations.get_one", "root");
        String id = kirim.conversation("+6281200001");
        read(id);
        long phone = kirim.admin.requests("GET /v1/{pid}/conversations/{id}");
        read(id);
        assertThat(kirim.admin.requests("GET /v1/{pid}/conversations/{id}")).isEqualTo(phone);
        assertThat(kirim.admin.requests("GET /v1/conversations/{id}")).isEqualTo(2);
        assertThat(kirim.admin.requests("GET /v1/{pid}/conversations")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "phone", "root"})
    void one_that_is_not_there_is_not_visible_and_not_said_to_be_gone(String path) {
        kirim.admin.turn("conversations.get_one", path);
        kirim.conversation("+6281200001");
        assertThat(adapter.read(ref(Conversation.TYPE, "cnv_01HXYZABCDEFGHJKMNPQRSTVWX")))
                .isInstanceOf(Read.NotVisible.class);
    }

    @Test
    void one_that_lies_too_deep_is_unknown_and_the_answer_says_what_to_raise() {
        String deep = kirim.conversation("+6281200001");
        for (int i = 0; i < 101; i++) {
            kirim.conversation("+62812%06d".formatted(i));
        }
        KirimAdapter shallow = kirim.adapter(kirim.definition().conversationPages(1));
        assertThat(shallow.read(ref(Conversation.TYPE, deep)))
                .isInstanceOfSatisfying(
                        Read.Unknown.class, read -> assertThat(read.reason()).contains("conversationPages"));
        assertThat(read(deep).ref().id()).isEqualTo(deep);
    }

    @Test
    void one_of_another_number_is_not_visible() {
        String id = kirim.conversation("+6281200001");
        KirimAdapter other = kirim.adapter(kirim.definition().displayNumber("+62 811-9999-9999"));
        assertThat(other.read(ref(Conversation.TYPE, id))).isInstanceOf(Read.NotVisible.class);
    }

    @ParameterizedTest
    @CsvSource({"root, assignee", "phone, assigned_to", "root, both"})
    void status_and_assignee_are_written_wherever_kirim_takes_them(String path, String shape) {
        kirim.admin.turn("conversations.patch", path);
        kirim.admin.turn("conversations.assignee", shape);
        String id = kirim.conversation("+6281200001");
        String sari = kirim.user("Sari", "sari@example.com");

        Outcome outcome = patch(id, Map.of("status", text("pending"), "assigned_to", text(sari)));

        ChangeEvent record = ((Outcome.Done) outcome).record();
        assertThat(record).isNotNull();
        assertThat(record.properties())
                .containsEntry("status", text("pending"))
                .containsEntry("assigned_to", text(sari));
        patch(id, Map.of("assigned_to", NativeValue.EMPTY));
        assertThat(read(id).properties()).containsEntry("assigned_to", NativeValue.EMPTY);
    }

    @Test
    void what_kirim_does_not_take_is_refused_before_it_is_sent() {
        String id = kirim.conversation("+6281200001");
        assertThat(patch(id, Map.of("contact_id", text("ctc_1"))))
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                    assertThat(rejected.kind()).isEqualTo(Outcome.Rejection.READ_ONLY);
                    assertThat(rejected.property()).isEqualTo("contact_id");
                });
        assertThat(adapter.write(new Write("k", Conversation.TYPE, null, Map.of(), null, null)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.message()).contains("Kirim makes conversations itself"));
        assertThat(patch(id, Map.of("status", text("shut")))).isInstanceOf(Outcome.Rejected.class);
        assertThat(patch("cnv_none", Map.of("status", text("open"))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.kind()).isEqualTo(Outcome.Rejection.NOT_FOUND));
    }

    @Test
    void a_user_is_read_out_of_the_conversations_that_they_attend_to() {
        String id = kirim.conversation("+6281200001");
        String sari = kirim.user("Sari", "sari@example.com");
        assertThat(adapter.read(ref(User.TYPE, sari))).isInstanceOf(Read.NotVisible.class);

        kirim.doing("op", "assign", "id", id, "user_id", sari);
        Read read = adapter.read(ref(User.TYPE, sari));

        assertThat(((Read.Found) read).record().properties()).containsEntry("email", text("sari@example.com"));
    }

    @Test
    void types_that_are_not_spoken_are_named_with_those_that_are() {
        assertThatThrownBy(() -> adapter.list(Message.TYPE, null))
                .hasMessageContaining("[contact, conversation, user]")
                .hasMessageContaining("messages(true)");
        assertThatThrownBy(() -> adapter.read(ref("deal", "1"))).hasMessageContaining("deal");
    }
}
