package dev.crmsync.adapter.kirim;

import static dev.crmsync.adapter.kirim.Vectors.BODY;
import static dev.crmsync.adapter.kirim.Vectors.PRIMARY;
import static dev.crmsync.adapter.kirim.Vectors.PRIMARY_V1;
import static dev.crmsync.adapter.kirim.Vectors.ROTATING;
import static dev.crmsync.adapter.kirim.Vectors.ROTATING_V1;
import static dev.crmsync.adapter.kirim.Vectors.SECONDS;
import static dev.crmsync.adapter.kirim.Vectors.SIGNED;
import static dev.crmsync.adapter.kirim.Vectors.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final String GOOD = "t=" + SECONDS + ",v1=" + PRIMARY_V1;

    private static Webhooks webhooks(Instant now, String... secrets) {
        return webhooks(now, SecretSource.of(secrets));
    }

    private static Webhooks webhooks(Instant now, SecretSource secrets) {
        return new Webhooks(
                "kirim", "X-Kirim-Signature", secrets, new WebhookEvents("kirim", false, null, () -> now), () -> now);
    }

    private static Receipt received(String header, String... secrets) {
        return webhooks(SIGNED, secrets).receive(request(BODY, header));
    }

    @Test
    void vector_body_has_its_140_bytes() {
        assertThat(BODY.getBytes(StandardCharsets.UTF_8)).hasSize(140);
    }

    @Test
    void vectors_pass() {
        assertThat(received(GOOD, PRIMARY)).isInstanceOf(Receipt.Accepted.class);
        assertThat(received("t=" + SECONDS + ",v1=" + ROTATING_V1, ROTATING)).isInstanceOf(Receipt.Accepted.class);
        assertThat(webhooks(SIGNED, "whsec_test")
                        .receive(request("{}", "t=" + SECONDS + ",v1=" + Vectors.EMPTY_OBJECT_V1)))
                .isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void any_active_secret_may_match_any_signature() {
        String both = "t=" + SECONDS + ",v1=" + PRIMARY_V1 + ",v1=" + ROTATING_V1;
        assertThat(received(both, PRIMARY)).isInstanceOf(Receipt.Accepted.class);
        assertThat(received(both, ROTATING)).isInstanceOf(Receipt.Accepted.class);
        assertThat(received("t=" + SECONDS + ",v1=" + ROTATING_V1, PRIMARY, ROTATING))
                .isInstanceOf(Receipt.Accepted.class);
        assertThat(received(both, "whsec_other")).isInstanceOf(Receipt.BadSignature.class);
    }

    @Test
    void hex_of_either_case_passes() {
        assertThat(received("t=" + SECONDS + ",v1=" + PRIMARY_V1.toUpperCase(Locale.ROOT), PRIMARY))
                .isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    void secret_without_its_prefix_does_not_pass() {
        assertThat(received(GOOD, PRIMARY.substring("whsec_".length()))).isInstanceOf(Receipt.BadSignature.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " t = 1716480000 , v1 = 90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724 ",
                "v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724,t=1716480000",
                "t=1716480000,v0=zz,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724,later",
                "t=1716480000,v1=no hex,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
            })
    void header_may_bear_blanks_another_order_and_parts_of_later_versions(String header) {
        assertThat(received(header, PRIMARY)).isInstanceOf(Receipt.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "=",
                "t=,v1=",
                "t=1716480000",
                "v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
                "t=1716480001,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
                "t=01716480000,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
                "t=1716480000,t=1716480000,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
                "t=-1716480000,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
                "t=99999999999999999999,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
                "t=1716480000,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f67",
                "t=1716480000,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6725",
                "t=1716480000,v2=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
                "90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724",
            })
    void header_that_proves_nothing_is_refused(String header) {
        assertThat(received(header, PRIMARY)).isInstanceOf(Receipt.BadSignature.class);
    }

    @Test
    void request_without_the_header_is_refused() {
        WebhookRequest bare = new WebhookRequest("POST", "https://h.example/", Map.of(), Bytes.utf8(BODY));
        assertThat(webhooks(SIGNED, PRIMARY).receive(bare)).isInstanceOf(Receipt.BadSignature.class);
    }

    @Test
    void two_differing_headers_prove_nothing() {
        Webhooks webhooks = webhooks(SIGNED, PRIMARY);
        assertThat(webhooks.receive(request(BODY, GOOD, "t=1,v1=00"))).isInstanceOf(Receipt.BadSignature.class);
        assertThat(webhooks.receive(request(BODY, GOOD, GOOD))).isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    void changed_body_is_refused() {
        assertThat(webhooks(SIGNED, PRIMARY).receive(request(BODY + " ", GOOD)))
                .isInstanceOf(Receipt.BadSignature.class);
    }

    @Test
    void nothing_is_judged_while_no_secret_is_known() {
        // A bad signature would be answered 401, and Kirim would not send the webhook again.
        for (String[] secrets : List.of(new String[0], new String[] {" "})) {
            assertThatThrownBy(() -> received(GOOD, secrets)).isInstanceOfSatisfying(SyncException.class, e -> {
                assertThat(e.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
                assertThat(e).hasMessageContaining("webhookSecret");
            });
        }
    }

    @Test
    void rotated_secret_is_picked_up_at_once() {
        List<String> current = new ArrayList<>(List.of("whsec_other"));
        Webhooks webhooks = webhooks(SIGNED, () -> List.copyOf(current));
        assertThat(webhooks.receive(request(BODY, GOOD))).isInstanceOf(Receipt.BadSignature.class);
        current.add(PRIMARY);
        assertThat(webhooks.receive(request(BODY, GOOD))).isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    void newer_header_may_be_configured() {
        Webhooks webhooks = new Webhooks(
                "kirim",
                "X-Kirim-Signature-256",
                SecretSource.of(PRIMARY),
                new WebhookEvents("kirim", false, null, () -> SIGNED),
                () -> SIGNED);
        assertThat(webhooks.receive(request(BODY, GOOD))).isInstanceOf(Receipt.BadSignature.class);
        assertThat(webhooks.receive(new WebhookRequest(
                        "POST",
                        "https://h.example/",
                        Map.of("x-kirim-signature-256", List.of(GOOD)),
                        Bytes.utf8(BODY))))
                .isInstanceOf(Receipt.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"-300, true", "-301, false", "0, true", "300, true", "301, false", "100000000, false"})
    void signature_is_good_for_300_seconds_in_both_directions(long later, boolean fresh) {
        Receipt receipt = webhooks(SIGNED.plusSeconds(later), PRIMARY).receive(request(BODY, GOOD));
        if (fresh) {
            assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        } else {
            assertThat(receipt)
                    .isEqualTo(new Receipt.Stale(
                            List.of(new RecordRef("kirim", "contact", "ctc_01HXYZABCDEFGHJKMNPQRSTVWX"))));
        }
    }

    @Test
    void old_event_that_is_not_followed_names_no_record() {
        byte[] body = "{\"id\":\"evt_1\",\"type\":\"customer.created\",\"data\":{}}".getBytes(StandardCharsets.UTF_8);
        assertThat(webhooks(SIGNED.plusSeconds(900), PRIMARY).receive(Vectors.signed(body, SECONDS)))
                .isEqualTo(new Receipt.Stale(List.of()));
    }
}
