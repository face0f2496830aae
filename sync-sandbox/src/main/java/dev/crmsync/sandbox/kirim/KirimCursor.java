package dev.crmsync.sandbox.kirim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Opaque cursors: a position, sealed together with the filters that it was made for. A changed character or another
 * filter makes it invalid; it never expires.
 */
final class KirimCursor {
    private static final int SEAL = 12;
    private final String key;

    KirimCursor(String key) {
        this.key = key;
    }

    /** Seals a position. */
    String seal(String position, String filters) {
        byte[] plain = position.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(tag(plain, filters), SEAL + plain.length);
        System.arraycopy(plain, 0, sealed, SEAL, plain.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The position in a cursor, or null when it was changed or made for other filters. */
    @Nullable String open(String cursor, String filters) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            return null;
        }
        // The last character of unpadded base64 has unused bits; only the canonical form counts.
        if (sealed.length < SEAL
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(sealed)
                        .equals(cursor)) {
            return null;
        }
        byte[] plain = Arrays.copyOfRange(sealed, SEAL, sealed.length);
        byte[] tag = Arrays.copyOf(sealed, SEAL);
        return MessageDigest.isEqual(tag, tag(plain, filters)) ? new String(plain, StandardCharsets.UTF_8) : null;
    }

    private byte[] tag(byte[] plain, String filters) {
        byte[] bound = filters.getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(bound, bound.length + 1 + plain.length);
        System.arraycopy(plain, 0, message, bound.length + 1, plain.length);
        return Arrays.copyOf(KirimSignature.hmac(key, message), SEAL);
    }
}
