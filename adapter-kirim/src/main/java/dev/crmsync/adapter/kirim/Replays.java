package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Json;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.adapter.ManagesSubscriptions.Subscription;
import dev.crmsync.spi.adapter.ReplaysWebhooks.Replayed;
import dev.crmsync.spi.model.Bytes;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kirim to deliver webhooks again that failed. They are kept for 30 days, and 1,000 of them are sent at one call.
 *
 * @see <a href="https://developers.kirim.chat/webhooks/retry/">Kirim: retries</a>
 */
final class Replays {
    /** Those whose attempts have ended, and those that were given up. */
    private static final List<String> STATUSES = List.of("dead", "failed");

    private final Settings settings;
    private final Api api;
    private final Subscriptions subscriptions;

    Replays(Settings settings, Api api, Subscriptions subscriptions) {
        this.settings = settings;
        this.api = api;
        this.subscriptions = subscriptions;
    }

    Replayed replay(Instant from, Instant to) {
        URI target = settings.webhookTarget();
        String subscription = target == null
                ? null
                : subscriptions.at(target).map(Subscription::id).orElse(null);
        int deliveries = 0;
        boolean capped = false;
        for (String status : STATUSES) {
            JsonNode answered = Api.data(asked(subscription, status, from, to));
            deliveries += answered.path("enqueued").asInt(0);
            capped |= answered.path("capped").asBoolean(false);
        }
        return new Replayed(deliveries, capped);
    }

    private HttpAnswer asked(@Nullable String subscription, String status, Instant from, Instant to) {
        ObjectNode body = Json.object()
                .put("status", status)
                .put("created_after", from.toString())
                .put("created_before", to.toString());
        if (subscription != null) {
            body.put("subscription_id", subscription);
        }
        String key = Signatures.hex(Signatures.sha256(Bytes.utf8("replay"), Json.bytes(body)));
        return api.need(
                HttpCall.post("/webhook_deliveries/bulk_replay").body(body).header("Idempotency-Key", key));
    }
}
