package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks webhooks: the signature first, on the raw bytes, and the body only when it is proved to be Ledgerly's. */
final class Webhooks {
    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,11}),v1=([0-9a-f]{64})");

    /** Ledgerly sends within seconds; what is older may be a recording (A83). */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final SecretSource secret;
    private final WebhookEvents events;
    private final InstantSource clock;

    Webhooks(SecretSource secret, WebhookEvents events, InstantSource clock) {
        this.secret = secret;
        this.events = events;
        this.clock = clock;
    }

    /** Never throws for anything that a stranger may send (A84). */
    Receipt receive(WebhookRequest request) {
        List<String> secrets =
                secret.current().stream().filter(known -> !known.isBlank()).toList();
        if (secrets.isEmpty()) {
            // A refusal would lose the webhook for good. What cannot be judged yet must be sent again.
            throw SyncException.configuration("no secret '" + LedgerlySettings.WEBHOOK_SECRET
                    + "' is known to check webhooks with; supply it where the system is defined");
        }
        Matcher signature =
                SIGNATURE.matcher(request.header("Ledgerly-Signature").orElse(""));
        if (!signature.matches() || !signed(secrets, signature, request.body())) {
            return new Receipt.BadSignature();
        }
        Optional<JsonNode> body = Json.parse(request.body());
        if (body.isEmpty()) {
            return new Receipt.Malformed("the body is no JSON");
        }
        Receipt receipt = events.read(body.get());
        Instant sent = Instant.ofEpochSecond(Long.parseLong(signature.group(1)));
        boolean old = Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) > 0;
        return old && receipt instanceof Receipt.Accepted accepted ? stale(accepted) : receipt;
    }

    /** All current secrets count, so that a rotation may overlap; compared in constant time (A81, A82). */
    private static boolean signed(List<String> secrets, Matcher signature, Bytes body) {
        Bytes theirs = Signatures.fromHex(signature.group(2)).orElse(Bytes.EMPTY);
        Bytes time = Bytes.utf8(signature.group(1) + ".");
        return secrets.stream().anyMatch(key -> Signatures.same(Signatures.hmacSha256(key, time, body), theirs));
    }

    /** The records of an old webhook are read: what it says of them may be long past. */
    private static Receipt stale(Receipt.Accepted accepted) {
        return new Receipt.Stale(accepted.events().stream()
                .map(keyed -> keyed.event().ref())
                .distinct()
                .toList());
    }
}
