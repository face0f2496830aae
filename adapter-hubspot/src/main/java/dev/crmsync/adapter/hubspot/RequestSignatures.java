package dev.crmsync.adapter.hubspot;

import dev.crmsync.http.Signatures;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges HubSpot's request signatures v1, v2 and v3 on the raw bytes.
 *
 * <p>The strongest signature that a request bears decides alone: a request with a v3 header stands or falls with it, so
 * that nobody can weaken a request by adding or spoiling a header. v1 and v2 are plain digests with the secret in front
 * and thus open to lengthening; what is appended follows a complete JSON text, which the strict parser refuses.
 *
 * @see <a href="https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation">
 *     HubSpot: request validation</a>
 */
final class RequestSignatures {
    static final String V3 = "X-HubSpot-Signature-v3";
    static final String TIMESTAMP = "X-HubSpot-Request-Timestamp";
    static final String LEGACY = "X-HubSpot-Signature";
    static final String LEGACY_VERSION = "X-HubSpot-Signature-Version";

    /** HubSpot's own bound for v3. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final SecretSource clientSecret;
    private final @Nullable String target;
    private final InstantSource clock;

    /** What a signature proves. */
    enum Verdict {
        GOOD,
        OLD,
        BAD
    }

    /**
     * @param target the public address of the webhook, when the framework sees another one
     */
    RequestSignatures(SecretSource clientSecret, @Nullable String target, InstantSource clock) {
        this.clientSecret = clientSecret;
        this.target = target;
        this.clock = clock;
    }

    Verdict judge(WebhookRequest request) {
        // A blank secret would make v1 and v2 digests that anybody can compute.
        List<String> secrets = clientSecret.current().stream()
                .filter(secret -> !secret.isBlank())
                .toList();
        if (secrets.isEmpty()) {
            return Verdict.BAD;
        }
        if (request.headers().containsKey(V3)) {
            return judgeV3(request, secrets);
        }
        return judgeLegacy(request, secrets) ? Verdict.GOOD : Verdict.BAD;
    }

    private Verdict judgeV3(WebhookRequest request, List<String> secrets) {
        Optional<String> signature = only(request, V3);
        Optional<String> timestamp = only(request, TIMESTAMP);
        if (signature.isEmpty()
                || timestamp.isEmpty()
                || !DIGITS.matcher(timestamp.get()).matches()) {
            return Verdict.BAD;
        }
        Bytes[] source = {
            Bytes.utf8(request.method()),
            Bytes.utf8(SignedUri.decode(uri(request))),
            request.body(),
            Bytes.utf8(timestamp.get())
        };
        if (!matches(secrets, signature.get(), secret -> base64(Signatures.hmacSha256(secret, source)))) {
            return Verdict.BAD;
        }
        Instant signed = Instant.ofEpochMilli(Long.parseLong(timestamp.get()));
        Duration age = Duration.between(signed, clock.instant()).abs();
        return age.compareTo(TOLERANCE) > 0 ? Verdict.OLD : Verdict.GOOD;
    }

    private boolean judgeLegacy(WebhookRequest request, List<String> secrets) {
        Optional<String> signature = only(request, LEGACY);
        Optional<String> version =
                request.headers().containsKey(LEGACY_VERSION) ? only(request, LEGACY_VERSION) : Optional.of("v1");
        if (signature.isEmpty() || version.isEmpty()) {
            return false;
        }
        return switch (version.get()) {
            case "v1" -> matches(secrets, signature.get(), secret -> digest(Bytes.utf8(secret), request.body()));
            case "v2" ->
                matches(
                        secrets,
                        signature.get(),
                        secret -> digest(
                                Bytes.utf8(secret),
                                Bytes.utf8(request.method()),
                                Bytes.utf8(uri(request)),
                                request.body()));
            default -> false;
        };
    }

    private String uri(WebhookRequest request) {
        return target == null ? request.uri() : target;
    }

    /** Looks at every secret, whichever matches, in a time that does not depend on where bytes differ. */
    private static boolean matches(List<String> secrets, String given, Function<String, String> sign) {
        Bytes claimed = Bytes.utf8(given);
        boolean matched = false;
        for (String secret : secrets) {
            matched |= Signatures.same(Bytes.utf8(sign.apply(secret)), claimed);
        }
        return matched;
    }

    /** The header's one value; two differing ones prove nothing. */
    private static Optional<String> only(WebhookRequest request, String header) {
        List<String> values = request.headers().getOrDefault(header, List.of()).stream()
                .map(String::strip)
                .distinct()
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static String digest(Bytes... parts) {
        return Signatures.hex(Signatures.sha256(parts));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
