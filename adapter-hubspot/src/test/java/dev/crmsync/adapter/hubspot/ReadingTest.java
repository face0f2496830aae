package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.contact;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.error;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
    private static final String CHANGED = "2026-05-01T10:00:00.250Z";
    private static final Answer NOT_FOUND = Answer.of(404, error("OBJECT_NOT_FOUND", "Object not found."));

    private final FakeHubSpot hubSpot = new FakeHubSpot();

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    private Read read(String id) {
        return hubSpot.adapter().read(contact(id));
    }

    @Test
    void contact_is_found_with_every_mapped_property() {
        ObjectNode row = row("7", CHANGED, "firstname", "Mary Ann", "phone", "+62811", "email", "");
        row.withObjectProperty("properties").putNull("lastname").put("hs_internal", "x");
        hubSpot.inTurn(Answer.of(200, row));

        Read.Found found = (Read.Found) read("7");

        assertThat(found.record().ref()).isEqualTo(contact("7"));
        assertThat(found.record().full()).isTrue();
        assertThat(found.record().evidence()).isEqualTo(Evidence.READ);
        assertThat(found.record().properties())
                .isEqualTo(Map.of(
                        "firstname",
                        NativeValue.text("Mary Ann"),
                        "lastname",
                        NativeValue.EMPTY,
                        "email",
                        NativeValue.EMPTY,
                        "phone",
                        NativeValue.text("+62811")));
        assertThat(found.record().asOf().from()).isEqualTo(Instant.parse(CHANGED));
        assertThat(found.record().asOf().to()).isAfter(Instant.parse(CHANGED));
    }

    @Test
    void properties_are_asked_for_by_name() {
        hubSpot.inTurn(Answer.of(200, row("7", CHANGED)));
        hubSpot.adapter(hubSpot.definition()
                        .metadata("crm_segment", "segment")
                        .reading("jobtitle", "city")
                        .reading("zip"))
                .read(contact("7"));
        assertThat(hubSpot.seen.get(0).line()).isEqualTo("GET /crm/v3/objects/contacts/7");
        assertThat(hubSpot.seen.get(0).authorization()).isEqualTo("Bearer " + FakeHubSpot.TOKEN);
        assertThat(hubSpot.seen.get(0).query().get("properties").split(","))
                .contains("firstname", "lastname", "email", "phone", "whatsapp_labels", "kirim_contact_id")
                .contains("segment", "jobtitle", "city", "zip", "lastmodifieddate");
    }

    @Test
    void dated_version_moves_every_api_family() {
        hubSpot.inTurn(Answer.of(200, row("7", CHANGED)), Answer.of(200, results()));
        HubSpotAdapter adapter = hubSpot.adapter(hubSpot.definition().apiVersion("2026-03"));
        adapter.read(contact("7"));
        adapter.describe("contact");
        assertThat(hubSpot.seen.stream().map(FakeHubSpot.Seen::line))
                .containsExactly("GET /crm/objects/2026-03/contacts/7", "GET /crm/properties/2026-03/contacts");
    }

    @Test
    void answer_under_another_id_tells_a_merge() {
        hubSpot.inTurn(Answer.of(200, row("900", CHANGED, "firstname", "Ana")));
        Read.MergedInto merged = (Read.MergedInto) read("7");
        assertThat(merged.into()).isEqualTo(contact("900"));
        assertThat(merged.record().ref()).isEqualTo(contact("900"));
        assertThat(merged.record().properties()).containsEntry("firstname", NativeValue.text("Ana"));
    }

    @Test
    void archived_contact_is_gone_and_may_come_back() {
        hubSpot.answering(request -> request.query().get("archived").equals("true")
                ? Answer.of(200, row("7", CHANGED).put("archivedAt", "2026-05-02T00:00:00Z"))
                : NOT_FOUND);
        assertThat(read("7")).isEqualTo(new Read.Gone(AsOf.at(Instant.parse("2026-05-02T00:00:00Z")), true));
    }

    @Test
    void unknown_id_is_no_proof_of_deletion() {
        hubSpot.inTurn(NOT_FOUND);
        assertThat(read("7")).isEqualTo(new Read.NotVisible());
    }

    @Test
    void page_of_a_proxy_says_nothing_about_a_contact() {
        hubSpot.inTurn(Answer.of(404, "<html>no such host</html>"));
        assertThat(fault("7").kind()).isEqualTo(Kind.TRANSIENT);
    }

    @ParameterizedTest(name = "{0} {1}: {2} after {3} s")
    @CsvSource({
        "401, EXPIRED_AUTHENTICATION, AUTH,",
        "403, MISSING_SCOPES, AUTH,",
        "423, LOCKED, TRANSIENT, 2",
        "429, RATE_LIMITS, RATE_LIMITED, 10",
        "477, MIGRATION, TRANSIENT,",
        "500, INTERNAL_ERROR, TRANSIENT,",
        "502, X, TRANSIENT,",
        "521, X, TRANSIENT,",
        "524, X, TRANSIENT,",
    })
    void fault_of_the_whole_call_is_thrown_with_its_delay(int status, String category, Kind kind, Integer seconds) {
        hubSpot.inTurn(Answer.of(status, error(category, "someone@example.com is to blame")));
        SyncException fault = fault("7");
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.retryAfter().map(Duration::toSeconds).orElse(null))
                .isEqualTo(seconds == null ? null : Long.valueOf(seconds));
        assertThat(fault).hasMessageNotContaining("someone").hasMessageNotContaining(FakeHubSpot.TOKEN);
        assertThat(fault.system()).contains("crm");
    }

    @ParameterizedTest
    @CsvSource({"423, 7, 7", "423, 1, 2", "429, 3, 3", "477, 3600, 3600", "503, 5, 5"})
    void delay_that_the_answer_asks_for_is_kept(int status, String header, long seconds) {
        hubSpot.inTurn(Answer.of(status, error("X", "x")).with("Retry-After", header));
        assertThat(fault("7").retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void cut_connection_is_tried_again() {
        hubSpot.inTurn(Answer.cut());
        assertThat(fault("7").kind()).isEqualTo(Kind.TRANSIENT);
    }

    private SyncException fault(String id) {
        return catchThrowableOfType(SyncException.class, () -> read(id));
    }

    @Test
    void id_cannot_climb_the_path() {
        hubSpot.inTurn(NOT_FOUND);
        read("7/../../owners?x=1");
        assertThat(hubSpot.seen.get(0).path()).isEqualTo("/crm/v3/objects/contacts/7%2F..%2F..%2Fowners%3Fx%3D1");
    }

    @Test
    void other_types_are_not_spoken() {
        assertThatThrownBy(() -> hubSpot.adapter().read(new RecordRef("crm", "company", "1")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("[contact, conversation, user, message]");
    }

    @Test
    void created_contact_is_found_by_its_join_key() {
        hubSpot.inTurn(Answer.of(200, row("7", CHANGED, "kirim_contact_id", "ctc_01")));
        Read read = hubSpot.adapter().find("contact", new Write.ExternalId("kirim_contact_id", "ctc_01"));
        assertThat(((Read.Found) read).record().ref()).isEqualTo(contact("7"));
        assertThat(hubSpot.seen.get(0).path()).isEqualTo("/crm/v3/objects/contacts/ctc_01");
        assertThat(hubSpot.seen.get(0).query()).containsEntry("idProperty", "kirim_contact_id");
    }

    @Test
    void contact_that_was_never_created_is_gone() {
        hubSpot.inTurn(NOT_FOUND);
        assertThat(hubSpot.adapter().find("contact", new Write.ExternalId("kirim_contact_id", "ctc_01")))
                .isInstanceOfSatisfying(
                        Read.Gone.class, gone -> assertThat(gone.restorable()).isFalse());
    }

    @Test
    void join_key_property_that_is_not_unique_is_no_absence() {
        hubSpot.inTurn(Answer.of(400, error("VALIDATION_ERROR", "non-unique property")));
        assertThatThrownBy(() -> hubSpot.adapter().find("contact", new Write.ExternalId("kirim_contact_id", "ctc_01")))
                .isInstanceOf(SyncException.class);
    }

    @Test
    void hundred_are_read_in_a_call_and_the_missing_among_the_archived() {
        hubSpot.answering(request -> request.query().get("archived").equals("true")
                ? Answer.of(200, results(row("3", CHANGED).put("archivedAt", CHANGED)))
                : Answer.of(
                        207,
                        results(
                                row("2", CHANGED, "firstname", "B"),
                                row("900", CHANGED, "hs_merged_object_ids", "5;1", "firstname", "A"))));

        Map<RecordRef, Read> reads =
                hubSpot.adapter().readMany(List.of(contact("1"), contact("2"), contact("3"), contact("4")));

        assertThat(reads.get(contact("2"))).isInstanceOf(Read.Found.class);
        assertThat(((Read.MergedInto) reads.get(contact("1"))).into()).isEqualTo(contact("900"));
        assertThat(reads.get(contact("3"))).isEqualTo(new Read.Gone(AsOf.at(Instant.parse(CHANGED)), true));
        assertThat(reads.get(contact("4"))).isEqualTo(new Read.NotVisible());
        assertThat(hubSpot.seen).hasSize(2);
        assertThat(hubSpot.seen.get(0).line()).isEqualTo("POST /crm/v3/objects/contacts/batch/read");
        assertThat(hubSpot.seen.get(0).body().path("inputs")).hasSize(4);
        assertThat(hubSpot.seen.get(1).body().path("inputs").findValuesAsText("id"))
                .containsExactly("3", "4");
    }

    @Test
    void record_that_does_not_say_whom_it_stands_for_is_asked_one_by_one() {
        hubSpot.answering(request -> request.method().equals("POST")
                ? Answer.of(200, results(row("900", CHANGED)))
                : Answer.of(200, row("900", CHANGED)));
        Map<RecordRef, Read> reads = hubSpot.adapter().readMany(List.of(contact("1")));
        assertThat(((Read.MergedInto) reads.get(contact("1"))).into()).isEqualTo(contact("900"));
    }

    @Test
    void both_halves_of_a_merge_are_answered_by_one_row() {
        hubSpot.inTurn(Answer.of(200, results(row("1", CHANGED, "hs_merged_object_ids", "2"))));
        Map<RecordRef, Read> reads = hubSpot.adapter().readMany(List.of(contact("1"), contact("2")));
        assertThat(reads.get(contact("1"))).isInstanceOf(Read.Found.class);
        assertThat(((Read.MergedInto) reads.get(contact("2"))).into()).isEqualTo(contact("1"));
    }

    @Test
    void reading_nobody_asks_nobody() {
        assertThat(hubSpot.adapter().readMany(List.of())).isEmpty();
        assertThat(hubSpot.seen).isEmpty();
    }

    @Test
    void read_that_seems_older_than_its_record_is_a_moment() {
        hubSpot.inTurn(Answer.of(200, row("7", "2999-01-01T00:00:00Z")));
        ChangeEvent record = ((Read.Found) read("7")).record();
        assertThat(record.asOf()).isEqualTo(AsOf.at(Instant.parse("2999-01-01T00:00:00Z")));
    }
}
