package dev.crmsync.testkit.acme;

import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Acme's webhooks: one for each change, signed over its time and its body. */
final class AcmePost {
    static final String SECRET = "acme-signs-with-9d27";
    static final String HEADER = "Acme-Signature";

    private final Supplier<Instant> clock;
    private final List<WebhookRequest> sent = new ArrayList<>();

    AcmePost(Supplier<Instant> clock) {
        this.clock = clock;
    }

    synchronized void send(AcmeContact contact, String type, String by, Map<String, String> changed) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("event", "e" + (sent.size() + 1));
        body.put("type", type);
        body.put("by", by);
        body.put("id", contact.id);
        body.put("at", contact.updated.toString());
        if (contact.into != null) {
            body.put("into", contact.into);
        }
        changed.forEach((property, value) -> body.put("p." + property, value));
        sent.add(signed(Form.write(body), clock.get(), SECRET));
    }

    static WebhookRequest signed(String body, Instant at, String secret) {
        String time = String.valueOf(at.getEpochSecond());
        return new WebhookRequest(
                "POST",
                "https://host.example/hooks/acme",
                Map.of(
                        HEADER,
                        List.of("t=" + time + ",v=" + digest(time + "." + body, secret)),
                        "Content-Type",
                        List.of("application/x-www-form-urlencoded")),
                Bytes.utf8(body));
    }

    static String digest(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized List<WebhookRequest> sent() {
        return List.copyOf(sent);
    }
}
