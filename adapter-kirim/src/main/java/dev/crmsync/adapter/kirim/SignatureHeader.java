package dev.crmsync.adapter.kirim;

import dev.crmsync.http.Signatures;
import dev.crmsync.spi.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The signature that a webhook bears: {@code t=<seconds>,v1=<hex>[,v1=<hex>…]}, one {@code v1} for each secret that was
 * active. Parts of other names are left for later versions.
 *
 * @param timestamp the time of signing as it was sent, for its very digits are signed
 * @param digests the signatures
 */
record SignatureHeader(String timestamp, List<Bytes> digests) {
    /** Digits of the seconds until the year 9999 and beyond; more are no time. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    SignatureHeader {
        digests = List.copyOf(digests);
    }

    /** Reads a header; empty when it tells no time, two times, or no signature. */
    static Optional<SignatureHeader> parse(String header) {
        @Nullable String timestamp = null;
        List<Bytes> digests = new ArrayList<>();
        for (String part : header.split(",")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (name.equals("t")) {
                if (timestamp != null || !SECONDS.matcher(value).matches()) {
                    return Optional.empty();
                }
                timestamp = value;
            } else if (name.equals("v1")) {
                Signatures.fromHex(value).ifPresent(digests::add);
            }
        }
        return timestamp == null || digests.isEmpty()
                ? Optional.empty()
                : Optional.of(new SignatureHeader(timestamp, digests));
    }

    Instant signedAt() {
        return Instant.ofEpochSecond(Long.parseLong(timestamp));
    }

    /** Looks at every pair, whichever matches, in a time that does not depend on where bytes differ. */
    boolean matches(List<String> secrets, Bytes body) {
        boolean matched = false;
        for (String secret : secrets) {
            // The whole secret with its prefix is the key; it is not decoded.
            Bytes ours = Signatures.hmacSha256(secret, Bytes.utf8(timestamp + "."), body);
            for (Bytes theirs : digests) {
                matched |= Signatures.same(ours, theirs);
            }
        }
        return matched;
    }
}
