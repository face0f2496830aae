package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.error;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Seen;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotesTest {
    private static final String CHANGED = "2026-05-01T10:00:00.250Z";
    private static final Write.ExternalId KEY = new Write.ExternalId("kirim_message_id", "msg_1");

    private final FakeHubSpot hubSpot = new FakeHubSpot();

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    private static Write noted(String body) {
        return new Write(
                "k",
                "message",
                null,
                Map.of("hs_note_body", NativeValue.text(body), "@ticket", NativeValue.text("7")),
                KEY,
                null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "&lt;b&gt; &amp;amp; &#60; &#x3c; &nbsp; &quot;",
                "a < b && c > d",
                "one\ntwo\n\nthree",
                "<br> <p></p> &",
                "100 % & more; &unknown; &#99999999; &#xD800;",
                "\uD83D\uDE00 \u202Eevil\u0000 \u00A0 é",
                "$1 \\1 ${x}"
            })
    void hostile_text_goes_out_without_a_tag_and_comes_back_as_it_was(String text) {
        String html = NoteHtml.of(text);
        assertThat(html.replace("<br>", "")).doesNotContain("<", ">");
        assertThat(NoteHtml.toText(html)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "<p>It&#39;s &#x2019;so&#8217; &apos;now&apos;</p>, It's \u2019so\u2019 'now'",
        "<div style=\"\"><p>a</p><p>b</p></div>, a|b",
        "a<BR/>b, a|b",
        "&#65;x&#1114112;&#xDFFF;, Ax&#1114112;&#xDFFF;"
    })
    void what_the_vendor_puts_around_a_text_is_taken_off_again(String html, String text) {
        assertThat(NoteHtml.toText(html)).isEqualTo(text.replace('|', '\n'));
    }

    @Test
    void a_note_is_made_in_one_call_with_its_ticket() {
        hubSpot.inTurn(Answer.of(201, row("30", CHANGED, "hs_note_body", "a &lt; b")));
        Outcome.Done done = (Outcome.Done) hubSpot.adapter().write(noted("a < b"));
        assertThat(hubSpot.seen).extracting(Seen::line).containsExactly("POST /crm/v3/objects/notes");
        assertThat(hubSpot.seen.get(0).body().toString())
                .isEqualTo("{\"properties\":{\"hs_note_body\":\"a &lt; b\",\"kirim_message_id\":\"msg_1\"},"
                        + "\"associations\":[{\"to\":{\"id\":\"7\"},\"types\":[{\"associationCategory\":"
                        + "\"HUBSPOT_DEFINED\",\"associationTypeId\":228}]}]}");
        assertThat(done.record().properties()).containsEntry("hs_note_body", NativeValue.text("a < b"));
    }

    @Test
    void a_ticket_that_is_missing_is_named_as_the_parent() {
        hubSpot.inTurn(Answer.of(404, error("OBJECT_NOT_FOUND", "no ticket 7")));
        assertThat(hubSpot.adapter().write(noted("Hi"))).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(Rejection.MISSING_PARENT);
            assertThat(rejected.property()).isEqualTo("@ticket");
        });
    }

    @Test
    void a_lost_answer_is_left_open_and_the_note_is_looked_up_by_its_key() {
        hubSpot.inTurn(Answer.cut());
        assertThat(hubSpot.adapter().write(noted("Hi"))).isInstanceOf(Outcome.Unknown.class);
        hubSpot.seen.clear();

        hubSpot.inTurn(Answer.of(200, results()));
        assertThat(hubSpot.adapter().find("message", KEY)).isInstanceOf(Read.Gone.class);
        assertThat(hubSpot.seen.get(0).body().toString())
                .contains("{\"propertyName\":\"kirim_message_id\",\"operator\":\"EQ\",\"value\":\"msg_1\"}");
        hubSpot.seen.clear();

        hubSpot.answering(request ->
                Answer.of(200, request.path().endsWith("/search") ? results(row("30", CHANGED)) : results()));
        assertThat(hubSpot.adapter().find("message", KEY))
                .isInstanceOfSatisfying(
                        Read.Found.class,
                        found -> assertThat(found.record().ref()).isEqualTo(new RecordRef("crm", "message", "30")));
    }
}
