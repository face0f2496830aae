package com.example.ledgerly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Ledgerly's webhooks: one for each change, signed over its time and its body. */
final class VendorPost {
    static final String SECRET = "whs_signs-with-9d27";

    private final List<Delivery> sent = new ArrayList<>();

    /**
     * What a subscriber gets.
     *
     * @param signature the header Ledgerly-Signature
     */
    record Delivery(String signature, String body) {}

    synchronized void send(Instant at, String type, @Nullable String app, VendorContact contact, ObjectNode changed) {
        ObjectNode body = changed.objectNode()
                .put("event", "evt_" + (sent.size() + 1))
                .put("type", type)
                .put("at", contact.updated.toString())
                .put("app", app)
                .put("merged_into", contact.mergedInto);
        body.set("contact", changed.deepCopy().put("id", contact.id));
        sent.add(signed(body.toString(), at, SECRET));
    }

    static Delivery signed(String body, Instant at, String secret) {
        String time = String.valueOf(at.getEpochSecond());
        return new Delivery("t=" + time + ",v1=" + digest(time + "." + body, secret), body);
    }

    private static String digest(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    synchronized List<Delivery> sent() {
        return List.copyOf(sent);
    }
}
