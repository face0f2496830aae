package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures that were computed with two other tools, and a signer written apart from the code under test. */
final class Vectors {
    static final String PRIMARY = "whsec_kirim_vector_primary";
    static final String ROTATING = "whsec_kirim_vector_rotating";
    static final String BODY =
            "{\"id\":\"evt_01HXYZABCDEFGHJKMNPQRSTVWX\",\"type\":\"contact.created\",\"data\":{\"contact\":"
                    + "{\"id\":\"ctc_01HXYZABCDEFGHJKMNPQRSTVWX\",\"name\":\"Budi é\"}}}";
    static final String PRIMARY_V1 = "90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724";
    static final String ROTATING_V1 = "937280b0699487c57a41743c9728c9e1ec120ced751b678c24934d8c9ec1dee4";
    static final String EMPTY_OBJECT_V1 = "e1f02764e09c6e0e2c5dfc87af39c366c634f1a9bbb7857063dc268deeb01aaf";
    static final String SECONDS = "1716480000";
    static final Instant SIGNED = Instant.ofEpochSecond(1_716_480_000L);

    private Vectors() {}

    static WebhookRequest request(String body, String... signatures) {
        return request(body.getBytes(StandardCharsets.UTF_8), signatures);
    }

    static WebhookRequest request(byte[] body, String... signatures) {
        return new WebhookRequest(
                "POST",
                "https://hooks.example/kirim",
                Map.of("X-Kirim-Signature", List.of(signatures), "X-Kirim-Event-Id", List.of("evt_of_the_header")),
                Bytes.of(body));
    }

    /** A request that is signed now, as far as the vectors' clock goes. */
    static WebhookRequest signed(String body) {
        return signed(body.getBytes(StandardCharsets.UTF_8), SECONDS);
    }

    static WebhookRequest signed(byte[] body, String seconds) {
        return request(body, "t=" + seconds + ",v1=" + hmac(PRIMARY, seconds, body));
    }

    static String hmac(String secret, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
