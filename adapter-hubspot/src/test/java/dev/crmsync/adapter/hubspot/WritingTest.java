package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.change;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.contact;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.error;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.newContact;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingTest {
    private static final String CHANGED = "2026-05-01T10:00:00.250Z";
    private static final Map<String, NativeValue> EMAIL = Map.of("email", NativeValue.text("ana@example.com"));

    private final FakeHubSpot hubSpot = new FakeHubSpot();

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    private Outcome write(Write write) {
        return hubSpot.adapter().write(write);
    }

    @Test
    void change_patches_only_what_is_named_and_tells_what_the_answer_shows() {
        hubSpot.inTurn(Answer.of(200, row("7", CHANGED, "email", "ana@example.com", "hs_internal", "x")));
        Outcome.Done done =
                (Outcome.Done) write(change("k", "7", Map.of("email", NativeValue.text(" Ana@Example.com"))));

        assertThat(hubSpot.seen.get(0).line()).isEqualTo("PATCH /crm/v3/objects/contacts/7");
        assertThat(hubSpot.seen.get(0).body().toString())
                .isEqualTo("{\"properties\":{\"email\":\" Ana@Example.com\"}}");
        assertThat(done.ref()).isEqualTo(contact("7"));
        assertThat(done.record().properties()).containsExactlyEntriesOf(EMAIL);
        assertThat(done.record().full()).isFalse();
        assertThat(done.record().evidence()).isEqualTo(Evidence.READ);
        assertThat(done.record().asOf().from()).isEqualTo(Instant.parse(CHANGED));
    }

    @Test
    void values_go_out_as_text_and_empty_clears() {
        hubSpot.inTurn(Answer.of(200, row("7", CHANGED)));
        write(change(
                "k",
                "7",
                Map.of(
                        "a",
                        NativeValue.EMPTY,
                        "b",
                        new NativeValue.Number(new BigDecimal("1E+3")),
                        "c",
                        NativeValue.flag(true),
                        "d",
                        new NativeValue.Items(List.of(NativeValue.text("x"), NativeValue.text("y"))))));
        assertThat(hubSpot.seen.get(0).body().path("properties").toString())
                .isEqualTo("{\"a\":\"\",\"b\":\"1000\",\"c\":\"true\",\"d\":\"x;y\"}");
    }

    @Test
    void value_without_a_flat_text_is_refused_unsent() {
        Outcome outcome = write(change("k", "7", Map.of("bag", new NativeValue.Entries(Map.of()))));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(Rejection.INVALID);
            assertThat(rejected.property()).isEqualTo("bag");
        });
        assertThat(hubSpot.seen).isEmpty();
    }

    @Test
    void change_of_a_merged_contact_names_the_record_that_took_it() {
        hubSpot.inTurn(Answer.of(200, row("900", CHANGED)));
        assertThat(((Outcome.Done) write(change("k", "7", EMAIL))).ref()).isEqualTo(contact("900"));
    }

    @Test
    void create_is_an_upsert_of_one_by_the_join_key() {
        hubSpot.inTurn(
                Answer.of(200, results(row("7", CHANGED, "kirim_contact_id", "ctc_01", "email", "ana@example.com"))));
        Outcome.Done done = (Outcome.Done) write(newContact("k", "ctc_01", EMAIL));

        assertThat(hubSpot.seen.get(0).line()).isEqualTo("POST /crm/v3/objects/contacts/batch/upsert");
        JsonNode input = hubSpot.seen.get(0).body().path("inputs").path(0);
        assertThat(input.path("id").asText()).isEqualTo("ctc_01");
        assertThat(input.path("idProperty").asText()).isEqualTo("kirim_contact_id");
        assertThat(input.path("properties").path("email").asText()).isEqualTo("ana@example.com");
        assertThat(input.path("objectWriteTraceId").asText()).isNotEmpty();
        assertThat(done.ref()).isEqualTo(contact("7"));
        assertThat(done.record().properties()).containsEntry("kirim_contact_id", NativeValue.text("ctc_01"));
    }

    @Test
    void create_without_a_join_key_is_a_plain_one() {
        hubSpot.inTurn(Answer.of(201, row("7", CHANGED)));
        assertThat(write(new Write("k", "contact", null, EMAIL, null, null)))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.ref()).isEqualTo(contact("7")));
        assertThat(hubSpot.seen.get(0).line()).isEqualTo("POST /crm/v3/objects/contacts");
        assertThat(hubSpot.seen.get(0).body().path("associations").isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"409, CONFLICT", "400, VALIDATION_ERROR"})
    void taken_email_names_who_has_it(int status, String category) {
        hubSpot.inTurn(Answer.of(status, error(category, "Contact already exists. Existing ID: 377")));
        assertUnique(write(change("k", "7", EMAIL)));
        assertUnique(write(newContact("k", "ctc_01", EMAIL)));
    }

    @Test
    void taken_email_is_understood_in_the_words_of_a_patch_too() {
        hubSpot.inTurn(
                Answer.of(
                        400,
                        error(
                                "VALIDATION_ERROR",
                                "Property values were not valid: [{\"isValid\":false,\"message\":\"Cannot set"
                                        + " PropertyValueCoordinates{portalId=1, propertyName=email, value=ana@example.com} on 7."
                                        + " 377 already has that value.\",\"error\":\"CONFLICTING_UNIQUE_VALUE\",\"name\":\"email\"}]")));
        assertUnique(write(change("k", "7", EMAIL)));
    }

    private static void assertUnique(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(Rejection.UNIQUE);
            assertThat(rejected.property()).isEqualTo("email");
            assertThat(rejected.existing()).isEqualTo(contact("377"));
            assertThat(rejected.message()).doesNotContain("ana@example.com");
        });
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "INVALID_EMAIL, INVALID",
        "INVALID_INTEGER, INVALID",
        "PROPERTY_DOESNT_EXIST, INVALID",
        "INVALID_OPTION, NOT_AN_OPTION",
        "READ_ONLY_VALUE, READ_ONLY",
        "REQUIRED_PROPERTY, REQUIRED",
        "VALUE_TOO_LONG, TOO_LONG",
    })
    void refused_value_is_typed_and_blames_its_property(String code, Rejection kind) {
        ObjectNode body = error(
                "VALIDATION_ERROR",
                "Property values were not valid: [{\"isValid\":false,\"message\":\"ana@example.com is bad\",\"error\":\""
                        + code + "\",\"name\":\"email\"}]");
        hubSpot.inTurn(Answer.of(400, body));
        Outcome.Rejected rejected = (Outcome.Rejected) write(change("k", "7", EMAIL));
        assertThat(rejected.kind()).isEqualTo(kind);
        assertThat(rejected.property()).isEqualTo("email");
        assertThat(rejected.message()).contains(code).doesNotContain("ana@example.com");
    }

    @Test
    void refused_value_is_found_in_the_errors_list_too() {
        ObjectNode body = error("VALIDATION_ERROR", "no");
        ObjectNode detail =
                body.putArray("errors").addObject().put("message", "x").put("code", "INVALID_OPTION");
        detail.putObject("context").putArray("propertyName").add("lifecyclestage");
        hubSpot.inTurn(Answer.of(400, body));
        Outcome.Rejected rejected =
                (Outcome.Rejected) write(change("k", "7", Map.of("lifecyclestage", NativeValue.text("x"))));
        assertThat(rejected.kind()).isEqualTo(Rejection.NOT_AN_OPTION);
        assertThat(rejected.property()).isEqualTo("lifecyclestage");
    }

    @Test
    void value_that_apes_hubspots_words_proves_nothing() {
        hubSpot.inTurn(Answer.of(
                400,
                error(
                        "VALIDATION_ERROR",
                        "Contact already exists. Existing ID: was not an integer, nor is 5 already has"
                                + " that value. Sorry")));
        Outcome.Rejected rejected = (Outcome.Rejected) write(change("k", "7", EMAIL));
        assertThat(rejected.kind()).isEqualTo(Rejection.INVALID);
        assertThat(rejected.existing()).isNull();
    }

    @Test
    void contact_that_is_not_there_is_rejected() {
        hubSpot.inTurn(Answer.of(404, error("OBJECT_NOT_FOUND", "resource not found")));
        assertThat(((Outcome.Rejected) write(change("k", "7", EMAIL))).kind()).isEqualTo(Rejection.NOT_FOUND);
    }

    @Test
    void permission_that_this_record_lacks_is_rejected() {
        hubSpot.inTurn(Answer.of(403, error("FORBIDDEN", "no")));
        assertThat(((Outcome.Rejected) write(change("k", "7", EMAIL))).kind()).isEqualTo(Rejection.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({"401, EXPIRED_AUTHENTICATION", "403, MISSING_SCOPES"})
    void credentials_that_may_not_write_are_thrown(int status, String category) {
        hubSpot.inTurn(Answer.of(status, error(category, "no")));
        for (Write write : List.of(change("k", "7", EMAIL), newContact("k", "ctc_01", EMAIL))) {
            assertThatThrownBy(() -> write(write))
                    .isInstanceOfSatisfying(
                            SyncException.class,
                            fault -> assertThat(fault.kind()).isEqualTo(Kind.AUTH));
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2} for {3} s")
    @CsvSource({
        "429, TEN_SECONDLY_ROLLING, burst, 10",
        "429, SECONDLY, burst, 1",
        "429, DAILY, daily, 900",
        "429, '', burst, 10",
        "423, '', , 2",
        "477, '', , ",
    })
    void write_that_hubspot_did_not_look_at_is_deferred(int status, String policy, String quota, Long seconds) {
        hubSpot.inTurn(Answer.of(status, error("X", "no").put("policyName", policy)));
        for (Write write : List.of(change("k", "7", EMAIL), newContact("k", "ctc_01", EMAIL))) {
            assertThat(write(write)).isInstanceOfSatisfying(Outcome.Deferred.class, deferred -> {
                assertThat(deferred.quotaKey()).isEqualTo(quota);
                assertThat(deferred.retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504", "521", "523", "524", "0"})
    void write_that_may_have_taken_effect_is_unknown(int status) {
        hubSpot.inTurn(Answer.of(status, "<html>gateway</html>"));
        assertThat(write(change("k", "7", EMAIL))).isInstanceOf(Outcome.Unknown.class);
        assertThat(write(newContact("k", "ctc_01", EMAIL))).isInstanceOf(Outcome.Unknown.class);
        assertThat(hubSpot.seen).as("each is attempted once").hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"<html>ok</html>", "{}", "{\"id\":null}", "{\"results\":[]}", "[]"})
    void success_without_the_contact_is_unknown(String body) {
        hubSpot.inTurn(Answer.of(200, body));
        assertThat(write(change("k", "7", EMAIL))).isInstanceOf(Outcome.Unknown.class);
        assertThat(write(newContact("k", "ctc_01", EMAIL))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void write_that_found_no_connection_is_deferred() throws IOException {
        try (Socket taken = new Socket()) {
            // Taken, and not listened at: a port that was given back may be somebody else's by now.
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
            HubSpotAdapter adapter = hubSpot.adapter(hubSpot.definition().baseUrl(nobody));
            assertThat(adapter.write(change("k", "7", EMAIL))).isInstanceOf(Outcome.Deferred.class);
        }
    }

    @Test
    void archived_contact_is_archived_at_once() {
        hubSpot.answering(request -> request.method().equals("DELETE")
                ? Answer.of(404, error("OBJECT_NOT_FOUND", "no"))
                : Answer.of(200, row("7", CHANGED)));
        assertThat(hubSpot.adapter().archive(contact("7"))).isEqualTo(new Outcome.Done(contact("7"), null));
        assertThat(hubSpot.seen.get(1).query()).containsEntry("archived", "true");
    }

    @Test
    void archive_is_done_or_refused() {
        hubSpot.inTurn(Answer.of(204, ""));
        assertThat(hubSpot.adapter().archive(contact("7"))).isEqualTo(new Outcome.Done(contact("7"), null));
        hubSpot.inTurn(Answer.of(404, error("OBJECT_NOT_FOUND", "no")));
        assertThat(((Outcome.Rejected) hubSpot.adapter().archive(contact("8"))).kind())
                .isEqualTo(Rejection.NOT_FOUND);
    }

    @Test
    void rate_headers_are_reported_whatever_the_status() {
        hubSpot.inTurn(Answer.of(400, error("VALIDATION_ERROR", "no"))
                .with("X-HubSpot-RateLimit-Max", "190")
                .with("X-HubSpot-RateLimit-Remaining", "12")
                .with("X-HubSpot-RateLimit-Daily", "650000")
                .with("X-HubSpot-RateLimit-Daily-Remaining", "3"));
        write(change("k", "7", EMAIL));
        assertThat(hubSpot.reports)
                .containsExactly(
                        new dev.crmsync.spi.adapter.QuotaReport("burst", 190, 12, null),
                        new dev.crmsync.spi.adapter.QuotaReport("daily", 650000, 3, null));
    }

    @Test
    void strange_error_bodies_never_throw() {
        for (String body : List.of(
                "[]", "{\"errors\":5}", "{\"message\":{}}", "{\"message\":\"[{]}]\"}", "{\"errors\":[1,[2]]}")) {
            hubSpot.inTurn(Answer.of(
                    400, Json.parse(dev.crmsync.spi.model.Bytes.utf8(body)).orElseThrow()));
            assertThat(write(change("k", "7", EMAIL))).isInstanceOf(Outcome.Rejected.class);
        }
    }
}
