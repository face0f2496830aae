package dev.crmsync.http;

import dev.crmsync.spi.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digests for the signatures of webhooks, always over raw bytes, and the comparison that takes the same time wherever
 * two digests differ. Thread-safe.
 */
public final class Signatures {
    private static final HexFormat HEX = HexFormat.of();

    private Signatures() {}

    /**
     * HMAC-SHA256 over parts that follow each other.
     *
     * @param key the key's text, used as its UTF-8 bytes, not empty
     * @param parts what is signed, in order
     * @return 32 bytes
     */
    public static Bytes hmacSha256(String key, Bytes... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            for (Bytes part : parts) {
                mac.update(part.toArray());
            }
            return Bytes.of(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /**
     * SHA-256 over parts that follow each other.
     *
     * @param parts what is digested, in order
     * @return 32 bytes
     */
    public static Bytes sha256(Bytes... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Bytes part : parts) {
                digest.update(part.toArray());
            }
            return Bytes.of(digest.digest());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Compares in a time that does not depend on where the two differ.
     *
     * @param ours the digest that we made
     * @param theirs the digest that was sent
     * @return true when they are the same
     */
    public static boolean same(Bytes ours, Bytes theirs) {
        return MessageDigest.isEqual(ours.toArray(), theirs.toArray());
    }

    /**
     * The bytes as lower-case hex digits.
     *
     * @param bytes the bytes
     * @return two digits for each byte
     */
    public static String hex(Bytes bytes) {
        return HEX.formatHex(bytes.toArray());
    }

    /**
     * The bytes behind hex digits of either case.
     *
     * @param digits the digits
     * @return the bytes, or empty when it is no even number of hex digits
     */
    public static Optional<Bytes> fromHex(String digits) {
        try {
            return Optional.of(Bytes.of(HEX.parseHex(digits.toLowerCase(Locale.ROOT))));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
