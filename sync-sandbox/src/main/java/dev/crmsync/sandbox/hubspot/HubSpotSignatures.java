package dev.crmsync.sandbox.hubspot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HubSpot's three request signatures. */
final class HubSpotSignatures {
    private static final Set<String> DECODED =
            Set.of("%3A", "%2F", "%3F", "%40", "%21", "%24", "%27", "%28", "%29", "%2A", "%2C", "%3B");

    private HubSpotSignatures() {}

    static String v1(String secret, String body) {
        return sha256(secret + body);
    }

    static String v2(String secret, String method, String uri, String body) {
        return sha256(secret + method + uri + body);
    }

    static String v3(String secret, String method, String uri, String body, long timestampMs) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String source = method + decoded(uri) + body + timestampMs;
            return Base64.getEncoder().encodeToString(mac.doFinal(source.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decodes just the escapes that the vendor names. */
    static String decoded(String uri) {
        StringBuilder out = new StringBuilder(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            String escape = i + 3 <= uri.length() ? uri.substring(i, i + 3).toUpperCase(Locale.ROOT) : "";
            if (DECODED.contains(escape)) {
                out.append((char) Integer.parseInt(escape.substring(1), 16));
                i += 2;
            } else {
                out.append(uri.charAt(i));
            }
        }
        return out.toString();
    }

    private static String sha256(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
