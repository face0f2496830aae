package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.WebhookRequest;
import java.util.Optional;

/** Receives webhooks: judges the credentials first, and looks into the body only when they are right. */
final class Webhooks {
    private final BasicCredentials credentials;
    private final WebhookEvents events;

    Webhooks(BasicCredentials credentials, WebhookEvents events) {
        this.credentials = credentials;
        this.events = events;
    }

    Receipt receive(WebhookRequest request) {
        if (!credentials.bornBy(request)) {
            return new Receipt.BadSignature();
        } else if (request.body().size() > dev.crmsync.http.Webhooks.MAX_BODY_BYTES) {
            return new Receipt.Malformed("the body is longer than any webhook");
        }
        Optional<JsonNode> body = Json.parse(request.body()).filter(JsonNode::isObject);
        if (body.isEmpty()) {
            return new Receipt.Malformed("the body is no JSON object");
        }
        JsonNode meta = body.get().path("meta");
        if (!meta.path("version").asText("").startsWith("2")) {
            return new Receipt.Malformed(
                    "it is no webhook of version 2.0: delete the old one, and let the set-up register another");
        }
        return events.read(new WebhookMeta(meta))
                .<Receipt>map(Receipt.Accepted::new)
                .orElseGet(() -> new Receipt.Malformed("its head names no entity, no action, or no record"));
    }
}
