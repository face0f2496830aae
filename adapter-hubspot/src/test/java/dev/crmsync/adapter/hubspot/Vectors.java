package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HubSpot's published example, and a signer written apart from the code under test. */
final class Vectors {
    static final String SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    static final String URI = "https://www.example.com/webhook_uri";
    static final String BODY =
            "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,"
                    + "\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,\"changeSource\":\"CRM\","
                    + "\"changeFlag\":\"NEW\",\"appId\":54321}]";
    static final String V1 = "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de";
    static final String V2_GET = "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e";
    static final String V2_POST_BODY = "{\"example_field\":\"example_value\"}";
    static final String V2_POST = "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900";
    static final String V3 = "wMD9Cz7VvLNd186L+0wDKq0G2WIeCAGIaoXZXt+Lr7o=";
    static final String V3_TIMESTAMP = "1708986599647";
    static final Instant V3_SIGNED = Instant.ofEpochMilli(1_708_986_599_647L);

    private Vectors() {}

    static WebhookRequest request(String method, String uri, String body, Map<String, String> headers) {
        return request(method, uri, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static WebhookRequest request(String method, String uri, byte[] body, Map<String, String> headers) {
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new WebhookRequest(method, uri, lists, Bytes.of(body));
    }

    static Map<String, String> v1(String signature) {
        return Map.of("X-HubSpot-Signature", signature, "X-HubSpot-Signature-Version", "v1");
    }

    static Map<String, String> v2(String signature) {
        return Map.of("X-HubSpot-Signature", signature, "X-HubSpot-Signature-Version", "v2");
    }

    static Map<String, String> v3(String signature, String timestamp) {
        return Map.of("X-HubSpot-Signature-v3", signature, "X-HubSpot-Request-Timestamp", timestamp);
    }

    static WebhookRequest signedV1(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return request("POST", URI, bytes, v1(sha256(SECRET, bytes)));
    }

    static WebhookRequest signedV1(byte[] body) {
        return request("POST", URI, body, v1(sha256(SECRET, body)));
    }

    static WebhookRequest signedV3(String uri, String signedUri, String body, long timestamp) {
        return request(
                "POST", uri, body, v3(hmac(SECRET, "POST" + signedUri + body + timestamp), Long.toString(timestamp)));
    }

    static String sha256(String secret, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String hmac(String secret, String source) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(source.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
