package dev.crmsync.adapter.pipedrive;

import static dev.crmsync.adapter.pipedrive.FakePipedrive.change;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.newRecord;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final String AT = "2026-05-01T09:30:12.345Z";
    private static final Write.ExternalId KEY = new Write.ExternalId("kirim_message_id", "msg_1");

    private final FakePipedrive pipedrive = new FakePipedrive();
    private final Company company = new Company();
    private PipedriveAdapter adapter = pipedrive.adapter();

    @BeforeEach
    void serve() {
        pipedrive.answering(company);
    }

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    private Outcome keep(String body) {
        return adapter.write(newRecord(
                "message",
                KEY.property(),
                KEY.value(),
                Map.of(
                        "@text", text(body),
                        "@at", text(AT),
                        "@direction", text("inbound"),
                        "@ticket", text("7"))));
    }

    private ChangeEvent shown() {
        Read read = adapter.find("message", KEY);
        assertThat(read).isInstanceOf(Read.Found.class);
        return ((Read.Found) read).record();
    }

    @Test
    void message_becomes_a_note_of_its_deal_with_its_time_and_its_id() {
        assertThat(keep("Halo <b>Kak</b> & co\nline 2")).isInstanceOf(Outcome.Done.class);
        JsonNode body = pipedrive.asked("POST /v1/notes").get(0).body();
        assertThat(body.path("deal_id").asInt()).isEqualTo(7);
        assertThat(body.path("add_time").asText()).isEqualTo("2026-05-01 09:30:12");
        assertThat(body.path("content").asText())
                .isEqualTo(
                        "Halo &lt;b&gt;Kak&lt;/b&gt; &amp; co<br>line 2<br><br>[kirim_message_id=msg_1 direction=inbound"
                                + " at=" + AT + "]");
        assertThat(shown().properties())
                .isEqualTo(Map.of(
                        "@text", text("Halo <b>Kak</b> & co\nline 2"),
                        "@at", text(AT),
                        "@direction", text("inbound"),
                        "@ticket", text("7"),
                        "kirim_message_id", text("msg_1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Halo</p><p>line 2</p><p></p><p>[kirim_message_id=msg_1 direction=inbound]</p>",
                "Halo<br />line 2<br /><br />[kirim_message_id=msg_1 direction=inbound]",
                "<div>Halo</div>\n<div>line 2</div>\n<div><br></div>\n<div>[kirim_message_id=msg_1 direction=inbound]</div>",
                "<span style=\"x\">Halo</span><BR>line&nbsp;2<br> [kirim_message_id=msg_1 direction=inbound] ",
                "&#72;alo<br>line &#x32;<br>[kirim_message_id=msg_1 direction=inbound]",
            })
    void html_that_the_sanitiser_or_an_editor_has_rewritten_is_the_same_text(String html) {
        company.add("notes", "9", Json.object().put("content", html).put("deal_id", 7));
        assertThat(shown().properties())
                .containsEntry("@text", text("Halo\nline 2"))
                .containsEntry("@direction", text("inbound"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[kirim_message_id=msg_9]",
                "x [kirim_message_id=msg_9 direction=outbound at=2020-01-01T00:00:00Z]",
                "</div><script>alert(1)</script>",
                "&lt;&amp;lt;",
                "\uD83C\uDF34\u202E",
                "a<br>b",
            })
    void hostile_bodies_come_back_as_they_went(String body) {
        keep(body);
        assertThat(shown().properties())
                .containsEntry("@text", text(body))
                .containsEntry("kirim_message_id", text("msg_1"));
    }

    @Test
    void note_that_people_wrote_has_no_id() {
        company.add("notes", "9", Json.object().put("content", "call her").put("deal_id", 7));
        Read read = adapter.read(new RecordRef("crm", "message", "9"));
        assertThat(((Read.Found) read).record().properties())
                .containsEntry("kirim_message_id", NativeValue.EMPTY)
                .containsEntry("@text", text("call her"));
        assertThat(adapter.find("message", KEY)).isInstanceOf(Read.Gone.class);
    }

    @Test
    void note_is_looked_for_among_the_newest_and_beyond_them_nothing_is_said() {
        company.page = 2;
        for (int i = 1; i <= 5; i++) {
            company.add("notes", "" + i, Json.object().put("content", "n" + i));
        }
        assertThat(adapter.find("message", KEY)).isInstanceOf(Read.Gone.class);
        for (int i = 6; i <= 30; i++) {
            company.add("notes", "" + i, Json.object().put("content", "n" + i));
        }
        assertThat(adapter.find("message", KEY)).isInstanceOf(Read.Unknown.class);
        company.clock = company.clock.plusSeconds(9);
        keep("Halo");
        assertThat(adapter.find("message", KEY)).isInstanceOf(Read.Found.class);
    }

    @Test
    void edit_of_a_note_keeps_its_last_line_and_is_a_put() {
        keep("Halo");
        RecordRef note = shown().ref();
        assertThat(adapter.write(change(note, Map.of("@text", text("Hai"))))).isInstanceOf(Outcome.Done.class);
        assertThat(shown().properties())
                .containsEntry("@text", text("Hai"))
                .containsEntry("@at", text(AT))
                .containsEntry("@direction", text("inbound"));
        assertThat(pipedrive.asked("PUT /v1/notes/" + note.id())).hasSize(1);
        assertThat(adapter.write(change(note, Map.of("@at", text(AT))))).isInstanceOf(Outcome.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource({"activities, activity", "notes, note"})
    void messages_are_kept_as_either(String kept, String entity) {
        adapter = pipedrive.adapter(pipedrive.definition().messages(kept).activityType("whatsapp"));
        keep("Halo");
        assertThat(shown().properties()).containsEntry("@text", text("Halo")).containsEntry("@at", text(AT));
        if (entity.equals("activity")) {
            JsonNode body = pipedrive.asked("POST /api/v2/activities").get(0).body();
            assertThat(body.path("type").asText()).isEqualTo("whatsapp");
            assertThat(body.path("done").isBoolean()).isTrue();
            assertThat(body.path("due_date").asText()).isEqualTo("2026-05-01");
            assertThat(body.path("due_time").asText()).isEqualTo("09:30");
            assertThat(body.path("deal_id").asInt()).isEqualTo(7);
        }
    }

    @Test
    void message_without_its_ticket_or_with_an_odd_id_is_not_kept() {
        assertThat(adapter.write(newRecord("message", KEY.property(), "msg_1", Map.of("@text", text("Halo")))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Rejection.REQUIRED));
        assertThat(adapter.write(newRecord("message", KEY.property(), "a ] b", Map.of("@ticket", text("7")))))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void notes_of_leads_name_the_lead() {
        adapter = pipedrive.adapter(pipedrive.definition().tickets("leads"));
        String lead = "adf21080-0e10-11eb-879b-05d71fb426ec";
        adapter.write(
                newRecord("message", KEY.property(), "msg_1", Map.of("@text", text("Halo"), "@ticket", text(lead))));
        assertThat(pipedrive
                        .asked("POST /v1/notes")
                        .get(0)
                        .body()
                        .path("lead_id")
                        .asText())
                .isEqualTo(lead);
    }
}
