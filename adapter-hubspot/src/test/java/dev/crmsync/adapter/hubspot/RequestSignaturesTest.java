package dev.crmsync.adapter.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.adapter.hubspot.RequestSignatures.Verdict;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignaturesTest {
    private static final Instant NOW = Vectors.V3_SIGNED.plusSeconds(1);

    private final RequestSignatures signatures = signatures(NOW, Vectors.SECRET);

    private static RequestSignatures signatures(Instant now, String... secrets) {
        return new RequestSignatures(SecretSource.of(secrets), null, InstantSource.fixed(now));
    }

    static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of("v1", Vectors.request("POST", Vectors.URI, Vectors.BODY, Vectors.v1(Vectors.V1))),
                Arguments.of("v2 GET", Vectors.request("GET", Vectors.URI, "", Vectors.v2(Vectors.V2_GET))),
                Arguments.of(
                        "v2 POST",
                        Vectors.request("POST", Vectors.URI, Vectors.V2_POST_BODY, Vectors.v2(Vectors.V2_POST))),
                Arguments.of(
                        "v3",
                        Vectors.request(
                                "POST", Vectors.URI, Vectors.BODY, Vectors.v3(Vectors.V3, Vectors.V3_TIMESTAMP))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void published_example_is_good(String name, WebhookRequest request) {
        assertThat(signatures.judge(request)).isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void published_example_under_another_secret_is_bad(String name, WebhookRequest request) {
        assertThat(signatures(NOW, "other").judge(request)).isEqualTo(Verdict.BAD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void any_secret_of_a_rotation_is_accepted(String name, WebhookRequest request) {
        assertThat(signatures(NOW, "new", Vectors.SECRET).judge(request)).isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void published_example_with_one_byte_more_is_bad(String name, WebhookRequest request) {
        WebhookRequest changed = new WebhookRequest(
                request.method(),
                request.uri(),
                request.headers(),
                Bytes.utf8(request.body().toUtf8() + " "));
        assertThat(signatures.judge(changed)).isEqualTo(Verdict.BAD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void header_names_are_read_in_any_case(String name, WebhookRequest request) {
        Map<String, List<String>> lower = new HashMap<>();
        request.headers().forEach((header, values) -> lower.put(header.toLowerCase(java.util.Locale.ROOT), values));
        assertThat(signatures.judge(new WebhookRequest(request.method(), request.uri(), lower, request.body())))
                .isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest(name = "v3 {0}, v1 {1}: {2}")
    @CsvSource({
        "good, good, GOOD",
        "good, bad, GOOD",
        "good, none, GOOD",
        "bad, good, BAD",
        "blank, good, BAD",
        "none, good, GOOD",
        "none, bad, BAD",
        "none, none, BAD",
    })
    void strongest_signature_decides_alone(String v3, String v1, Verdict expected) {
        Map<String, String> headers = new HashMap<>();
        if (!v3.equals("none")) {
            headers.put("X-HubSpot-Signature-v3", v3.equals("good") ? Vectors.V3 : v3.equals("bad") ? Vectors.V1 : "");
            headers.put("X-HubSpot-Request-Timestamp", Vectors.V3_TIMESTAMP);
        }
        if (!v1.equals("none")) {
            headers.put("X-HubSpot-Signature", v1.equals("good") ? Vectors.V1 : Vectors.V2_GET);
            headers.put("X-HubSpot-Signature-Version", "v1");
        }
        assertThat(signatures.judge(Vectors.request("POST", Vectors.URI, Vectors.BODY, headers)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "version {0}: {1}")
    @CsvSource({"v1, GOOD", "v2, BAD", "v3, BAD", "v4, BAD", "V1, BAD", "'', BAD"})
    void version_header_names_the_scheme(String version, Verdict expected) {
        Map<String, String> headers = Map.of("X-HubSpot-Signature", Vectors.V1, "X-HubSpot-Signature-Version", version);
        assertThat(signatures.judge(Vectors.request("POST", Vectors.URI, Vectors.BODY, headers)))
                .isEqualTo(expected);
    }

    @Test
    void version_header_left_out_means_v1() {
        assertThat(signatures.judge(
                        Vectors.request("POST", Vectors.URI, Vectors.BODY, Map.of("X-HubSpot-Signature", Vectors.V1))))
                .isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest(name = "{0} ms after signing: {1}")
    @CsvSource({"0, GOOD", "300000, GOOD", "300001, OLD", "86400000, OLD", "-300000, GOOD", "-300001, OLD"})
    void v3_is_good_for_five_minutes(long millis, Verdict expected) {
        RequestSignatures later = signatures(Vectors.V3_SIGNED.plus(Duration.ofMillis(millis)), Vectors.SECRET);
        assertThat(later.judge(Vectors.request(
                        "POST", Vectors.URI, Vectors.BODY, Vectors.v3(Vectors.V3, Vectors.V3_TIMESTAMP))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "now", "1708986599648", "-1708986599647", "1708986599647.0", "99999999999999999999", "0x1"})
    void v3_with_another_timestamp_is_bad(String timestamp) {
        assertThat(signatures.judge(
                        Vectors.request("POST", Vectors.URI, Vectors.BODY, Vectors.v3(Vectors.V3, timestamp))))
                .isEqualTo(Verdict.BAD);
    }

    @Test
    void v3_without_a_timestamp_is_bad() {
        assertThat(signatures.judge(Vectors.request(
                        "POST", Vectors.URI, Vectors.BODY, Map.of("X-HubSpot-Signature-v3", Vectors.V3))))
                .isEqualTo(Verdict.BAD);
    }

    @Test
    void two_differing_signatures_prove_nothing() {
        WebhookRequest request = new WebhookRequest(
                "POST",
                Vectors.URI,
                Map.of(
                        "X-HubSpot-Signature-v3", List.of(Vectors.V3, "AAAA"),
                        "X-HubSpot-Request-Timestamp", List.of(Vectors.V3_TIMESTAMP)),
                Bytes.utf8(Vectors.BODY));
        assertThat(signatures.judge(request)).isEqualTo(Verdict.BAD);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://x.example/a%3Ab%2Fc%3Fd%40e%21f%24g%27h%28i%29j%2Ak%2Cl%3Bm https://x.example/a:b/c?d@e!f$g'h(i)j*k,l;m",
                "https://x.example/a%3ab%2fc https://x.example/a:b/c",
                "https://x.example/a%20b%26c%25d%23e%3De%2Bf?q=%5B%3A%5D https://x.example/a%20b%26c%25d%23e%3De%2Bf?q=%5B:%5D",
                "https://x.example/a?b=%253A https://x.example/a?b=%253A",
                "https://x.example/%C3%A9?x=1 https://x.example/%C3%A9?x=1",
            })
    void v3_covers_the_address_with_a_dozen_escapes_decoded(String called, String signed) {
        WebhookRequest request = Vectors.signedV3(called, signed, Vectors.BODY, Vectors.V3_SIGNED.toEpochMilli());
        assertThat(signatures.judge(request)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void public_address_stands_in_for_the_one_behind_a_proxy() {
        RequestSignatures behindProxy = new RequestSignatures(
                SecretSource.of(Vectors.SECRET), Vectors.URI, InstantSource.fixed(Vectors.V3_SIGNED));
        WebhookRequest request = Vectors.request(
                "POST", "http://10.0.0.7:8080/hook", Vectors.BODY, Vectors.v3(Vectors.V3, Vectors.V3_TIMESTAMP));
        assertThat(behindProxy.judge(request)).isEqualTo(Verdict.GOOD);
        assertThat(signatures.judge(request)).isEqualTo(Verdict.BAD);
    }

    @Test
    void blank_secret_opens_nothing() {
        WebhookRequest anybody = Vectors.request(
                "POST",
                Vectors.URI,
                Vectors.BODY,
                Vectors.v1(Vectors.sha256("", Vectors.BODY.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(signatures(NOW, "").judge(anybody)).isEqualTo(Verdict.BAD);
        assertThat(signatures(NOW).judge(anybody)).isEqualTo(Verdict.BAD);
    }

    @Test
    void method_is_covered_by_v3() {
        assertThat(signatures.judge(Vectors.request(
                        "PUT", Vectors.URI, Vectors.BODY, Vectors.v3(Vectors.V3, Vectors.V3_TIMESTAMP))))
                .isEqualTo(Verdict.BAD);
    }
}
