package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Receives webhooks: judges the signature first, on the raw bytes, and looks into the body only when it is Kirim's. Of the
 * headers, only the signature's own is looked at: no other is signed.
 *
 * @see <a href="https://developers.kirim.chat/webhooks/signing/">Kirim: signing</a>
 */
final class Webhooks {
    /** Kirim's own bound, in both directions. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final String system;
    private final String header;
    private final SecretSource secret;
    private final WebhookEvents events;
    private final InstantSource clock;

    Webhooks(String system, String header, SecretSource secret, WebhookEvents events, InstantSource clock) {
        this.system = system;
        this.header = header;
        this.secret = secret;
        this.events = events;
        this.clock = clock;
    }

    Receipt receive(WebhookRequest request) {
        List<String> secrets =
                secret.current().stream().filter(known -> !known.isBlank()).toList();
        if (secrets.isEmpty()) {
            // A refusal would end the delivery for good; what we cannot judge yet must be sent again.
            throw SyncException.configuration("system " + system + ": no secret '" + Settings.WEBHOOK_SECRET
                            + "' is known to check webhooks with; supply it where the system is defined")
                    .inSystem(system)
                    .about(Settings.WEBHOOK_SECRET);
        }
        Optional<SignatureHeader> signature =
                only(request).flatMap(SignatureHeader::parse).filter(given -> given.matches(secrets, request.body()));
        if (signature.isEmpty()) {
            return new Receipt.BadSignature();
        }
        Optional<JsonNode> body = Json.parse(request.body()).filter(JsonNode::isObject);
        if (body.isEmpty()) {
            return new Receipt.Malformed("the body is no JSON object");
        }
        Receipt read = events.read(body.get());
        Duration age = Duration.between(signature.get().signedAt(), clock.instant());
        return age.abs().compareTo(TOLERANCE) > 0 && read instanceof Receipt.Accepted accepted
                ? new Receipt.Stale(accepted.events().stream()
                        .map(keyed -> keyed.event().ref())
                        .distinct()
                        .toList())
                : read;
    }

    /** The header's one value; two differing ones prove nothing. */
    private Optional<String> only(WebhookRequest request) {
        List<String> values = request.headers().getOrDefault(header, List.of()).stream()
                .map(String::strip)
                .distinct()
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
