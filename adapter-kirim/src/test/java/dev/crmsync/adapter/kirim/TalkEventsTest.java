package dev.crmsync.adapter.kirim;

import static dev.crmsync.adapter.kirim.Organisation.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of webhooks about conversations and messages. */
class TalkEventsTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final String AT = "2026-05-01T11:59:58Z";

    private final WebhookEvents events = new WebhookEvents("kirim", true, null, () -> NOW);

    private Receipt receive(String type, String data) {
        return receive(events, "{'id':'evt_1','type':'" + type + "','created_at':'" + AT + "','data':" + data + "}");
    }

    private static Receipt receive(WebhookEvents events, String body) {
        try {
            return events.read(new ObjectMapper().readTree(body.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private ChangeEvent only(String type, String data) {
        List<Receipt.Keyed> keyed = ((Receipt.Accepted) receive(type, data)).events();
        assertThat(keyed).hasSize(1);
        return keyed.get(0).event();
    }

    @Test
    void an_assignment_tells_status_and_user_as_of_the_event() {
        ChangeEvent event = only(
                "conversation.assigned",
                "{'conversation':{'id':'cnv_1','status':'open'},'assignee':{'user_id':'usr_1','team_id':'t'}}");
        assertThat(event.ref().toString()).contains("conversation").contains("cnv_1");
        assertThat(event.full()).isFalse();
        assertThat(event.asOf()).isEqualTo(AsOf.at(Instant.parse(AT)));
        assertThat(event.properties())
                .containsEntry("status", text("open"))
                .containsEntry("assigned_to", text("usr_1"))
                .containsEntry("closed_at", NativeValue.EMPTY)
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'user_id':null}", "null"})
    void nobody_attends_when_that_is_said(String assignee) {
        ChangeEvent event =
                only("conversation.assigned", "{'conversation':{'id':'cnv_1'},'assignee':" + assignee + "}");
        assertThat(event.properties()).containsOnlyKeys("assigned_to").containsEntry("assigned_to", NativeValue.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'user_id':7}", "'usr'", "[]"})
    void who_is_not_told_is_not_known(String assignee) {
        ChangeEvent event =
                only("conversation.assigned", "{'conversation':{'id':'cnv_1'},'assignee':" + assignee + "}");
        assertThat(event.properties()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'resolved'", "'closed'", "7", "null"})
    void a_closing_is_a_closing_whatever_else_it_says_and_bears_the_time_of_its_event(String status) {
        ChangeEvent event = only("conversation.closed", "{'conversation':{'id':'cnv_1','status':" + status + "}}");
        assertThat(event.properties())
                .containsEntry("status", text("resolved"))
                .containsEntry("closed_at", text(AT))
                .hasSize(2);
    }

    @Test
    void without_a_time_nothing_is_believed_and_a_read_is_asked_for() {
        Receipt receipt = receive(
                events,
                "{'id':'evt_1','type':'conversation.closed','data':{'conversation':{'id':'cnv_1','status':'resolved'}}}");
        ChangeEvent event = ((Receipt.Accepted) receipt).events().get(0).event();
        assertThat(event.kind()).isEqualTo(ChangeKind.GAP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'conversation':{}}",
                "{'conversation':{'id':7}}",
                "{'conversation':{'id':'a b'}}",
                "null",
                "[]",
                "'x'"
            })
    void what_names_no_conversation_is_malformed(String data) {
        assertThat(receive("conversation.assigned", data))
                .isInstanceOfSatisfying(
                        Receipt.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains("conversation.assigned"));
    }

    @Test
    void a_message_is_read_from_each_likely_place() {
        ChangeEvent plain = only(
                "message.received",
                "{'message':{'id':'msg_1','conversation_id':'cnv_1','direction':'inbound','text':{'body':'Halo'},"
                        + "'created_at':'2026-05-01T11:59:00Z'}}");
        assertThat(plain.full()).isTrue();
        assertThat(plain.properties())
                .containsEntry("text", text("Halo"))
                .containsEntry("direction", text("inbound"))
                .containsEntry("conversation_id", text("cnv_1"))
                .containsEntry("sent_at", text("2026-05-01T11:59:00Z"));

        ChangeEvent other =
                only("message.sent", "{'message':{'id':'msg_2','body':'Hello'},'conversation':{'id':'cnv_2'}}");
        assertThat(other.properties())
                .containsEntry("text", text("Hello"))
                .containsEntry("direction", text("outbound"))
                .containsEntry("conversation_id", text("cnv_2"))
                .containsEntry("sent_at", text(AT));
    }

    @Test
    void a_message_of_which_little_is_told_is_told_in_part() {
        ChangeEvent event = only("message.received", "{'message':{'id':'msg_1','text':{'body':{}}}}");
        assertThat(event.full()).isFalse();
        assertThat(event.properties()).doesNotContainKeys("text", "conversation_id");
        assertThat(receive("message.received", "{'message':{}}")).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void messages_are_left_alone_unless_they_are_asked_for() {
        WebhookEvents without = new WebhookEvents("kirim", false, null, () -> NOW);
        assertThat(receive(
                        without,
                        "{'id':'evt_1','type':'message.received','created_at':'" + AT
                                + "','data':{'message':{'id':'msg_1'}}}"))
                .isEqualTo(new Receipt.Accepted(List.of()));
    }

    @Test
    void events_of_later_days_are_taken_and_not_followed() {
        assertThat(receive("conversation.reopened", "{'conversation':{'id':'cnv_1'}}"))
                .isEqualTo(new Receipt.Accepted(List.of()));
        assertThat(receive("message.revoked", "{'message':{'id':'msg_1'}}")).isEqualTo(new Receipt.Accepted(List.of()));
    }
}
