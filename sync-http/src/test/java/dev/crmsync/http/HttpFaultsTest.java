package dev.crmsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.model.Bytes;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFaultsTest {
    private static final String ERROR = "{\"code\":\"bad\",\"param\":\"email\",\"message\":\"ana@example.com\"}";
    private static final String HTML = "<html>ana@example.com</html>";

    private static HttpAnswer answer(int status, String body, Map<String, String> headers) {
        HttpCall call = HttpCall.post("/contacts").spending("write");
        Map<String, List<String>> lists = new java.util.TreeMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new HttpAnswer(
                call,
                "crm",
                status,
                HttpHeaders.of(lists, (name, value) -> true),
                Bytes.utf8(body),
                Instant.EPOCH,
                json -> VendorError.of(json.path("code"), json.path("param")));
    }

    private static HttpAnswer answer(int status, String body) {
        return answer(status, body, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "401, AUTH, AUTH",
        "429, RATE_LIMITED, RATE_LIMITED",
        "301, CONFIGURATION, CONFIGURATION",
        "307, CONFIGURATION, CONFIGURATION",
        "400, VALIDATION, TRANSIENT",
        "403, AUTH, TRANSIENT",
        "404, NOT_FOUND, TRANSIENT",
        "408, TRANSIENT, TRANSIENT",
        "409, CONFLICT, TRANSIENT",
        "422, VALIDATION, TRANSIENT",
        "423, TRANSIENT, TRANSIENT",
        "500, TRANSIENT, TRANSIENT",
        "503, TRANSIENT, TRANSIENT",
        "200, TRANSIENT, TRANSIENT"
    })
    void fault_of_a_read_is_typed_by_status_and_by_whether_the_vendor_spoke(int status, Kind json, Kind html) {
        assertThat(HttpFaults.ofRead(answer(status, ERROR)).kind()).isEqualTo(json);
        SyncException proxy = HttpFaults.ofRead(answer(status, HTML));
        assertThat(proxy.kind()).isEqualTo(html);
        assertThat(proxy.getMessage()).doesNotContain("ana");
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "410, NOT_FOUND",
        "409, UNIQUE",
        "413, INVALID",
        "422, INVALID"
    })
    void refusal_of_a_write_counts_only_in_json(int status, Rejection kind) {
        Outcome.Rejected rejected = (Outcome.Rejected) HttpFaults.ofWrite(answer(status, ERROR));
        assertThat(rejected.kind()).isEqualTo(kind);
        assertThat(rejected.property()).isEqualTo("email");
        assertThat(rejected.message()).isEqualTo("POST /contacts answered " + status + " bad about email");
        assertThat(HttpFaults.ofWrite(answer(status, HTML))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 301, 302, 307, 408, 500, 501, 502, 503, 504, 521})
    void write_that_may_have_taken_effect_is_unknown(int status) {
        for (String body : List.of(ERROR, HTML, "")) {
            assertThat(HttpFaults.ofWrite(answer(status, body))).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Test
    void write_over_the_limit_is_deferred_with_its_delay_and_quota_whoever_says_so() {
        for (String body : List.of(ERROR, HTML, "")) {
            Outcome.Deferred deferred =
                    (Outcome.Deferred) HttpFaults.ofWrite(answer(429, body, Map.of("Retry-After", "7")));
            assertThat(deferred.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(deferred.quotaKey()).isEqualTo("write");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {423, 425})
    void locked_record_defers_a_write_without_blaming_the_quota(int status) {
        Outcome.Deferred deferred = (Outcome.Deferred) HttpFaults.ofWrite(answer(status, ERROR));
        assertThat(deferred.quotaKey()).isNull();
    }

    @Test
    void credentials_that_are_refused_stop_a_write_by_exception() {
        assertThatThrownBy(() -> HttpFaults.ofWrite(answer(401, HTML)))
                .isInstanceOfSatisfying(SyncException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.AUTH);
                    assertThat(e.system()).contains("crm");
                    assertThat(e.getMessage()).doesNotContain("ana");
                });
    }

    @Test
    void what_was_not_sent_is_deferred_and_what_was_lost_is_unknown() {
        HttpReply unsent = new HttpReply.NotSent("crm", "no connection");
        HttpReply lost = new HttpReply.Lost("crm", "cut off");
        assertThat(HttpFaults.ofWrite(unsent)).isEqualTo(new Outcome.Deferred(null, null, "no connection"));
        assertThat(HttpFaults.ofWrite(lost)).isEqualTo(new Outcome.Unknown("cut off"));
        for (HttpReply reply : List.of(unsent, lost)) {
            assertThatThrownBy(reply::orThrow).isInstanceOfSatisfying(SyncException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.TRANSIENT);
                assertThat(e.system()).contains("crm");
            });
        }
    }

    @Test
    void limited_read_tells_how_long_to_wait() {
        SyncException fault = HttpFaults.ofRead(answer(429, ERROR, Map.of("Retry-After", "2")));
        assertThat(fault.retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(HttpFaults.ofRead(answer(503, ERROR, Map.of("retry-after", "120")))
                        .retryAfter())
                .contains(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "' 7 ', 7",
        "999999999, 86400",
        "'Sun, 06 Nov 1994 08:50:07 GMT', 30",
        "'Sun, 06 Nov 1994 08:00:00 GMT', 0",
        "'Sun, 07 Nov 2094 08:00:00 GMT', 86400",
        "-1, ",
        "1.5, ",
        "soon, ",
        "99999999999999999999999, ",
        "'', "
    })
    void delay_is_read_in_seconds_or_as_a_date_on_the_vendors_clock(String value, Long seconds) {
        HttpAnswer answer = answer(429, ERROR, Map.of("Retry-After", value, "Date", "Sun, 06 Nov 1994 08:49:37 GMT"));
        assertThat(answer.retryAfter().map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana@example.com", "+6281200000001", "Ana Lee is taken", "", "6281200000001", "x\ny"})
    void what_is_no_name_gets_into_no_message(String value) {
        HttpAnswer answer = answer(
                400, Json.object().put("code", value).put("param", value).toString(), Map.of("X-Request-Id", value));
        assertThat(answer.toString()).isEqualTo("POST /contacts answered 400");
        assertThat(answer.error()).hasToString(VendorError.UNTOLD.toString());
    }
}
