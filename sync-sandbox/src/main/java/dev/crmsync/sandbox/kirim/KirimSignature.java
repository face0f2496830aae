package dev.crmsync.sandbox.kirim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Kirim's own webhook signature: hex HMAC-SHA256 over "{t}." and the body, keyed with the whole secret. */
final class KirimSignature {
    private KirimSignature() {}

    /** The header value, one v1 for each secret. */
    static String header(long unixSeconds, byte[] body, List<String> secrets) {
        StringBuilder header = new StringBuilder("t=").append(unixSeconds);
        for (String secret : secrets) {
            header.append(",v1=").append(v1(secret, unixSeconds, body));
        }
        return header.toString();
    }

    static String v1(String secret, long unixSeconds, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((unixSeconds + ".").getBytes(StandardCharsets.US_ASCII));
        signed.writeBytes(body);
        return HexFormat.of().formatHex(hmac(secret, signed.toByteArray()));
    }

    static byte[] hmac(String secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
