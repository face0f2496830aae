package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a webhook that is proved to be Ledgerly's says. */
final class WebhookEvents {
    private final ContactShape shape;
    private final @Nullable String appId;

    WebhookEvents(ContactShape shape, @Nullable String appId) {
        this.shape = shape;
        this.appId = appId;
    }

    Receipt read(JsonNode body) {
        String event = body.path("event").asText("");
        String id = body.path("contact").path("id").asText("");
        Optional<Instant> at = ContactShape.time(body.path("at"));
        if (event.isEmpty() || event.length() > 200 || id.isEmpty() || at.isEmpty()) {
            return new Receipt.Malformed("an event without its id, its contact or its time");
        }
        // The event's own id is the same at each delivery (A85, A86).
        return change(body, shape.ref(id), AsOf.at(at.get()))
                .map(change -> new Receipt.Accepted(List.of(new Receipt.Keyed(event, change.withOrigin(by(body))))))
                .orElseGet(() -> new Receipt.Accepted(List.of()));
    }

    /** Empty for a type that is not followed. What is not understood for certain is a gap, and gets read. */
    private Optional<ChangeEvent> change(JsonNode body, RecordRef ref, AsOf at) {
        return switch (body.path("type").asText("")) {
            // Only what changed is in it: the rest is absent, and not empty (A61).
            case "contact.created", "contact.updated" ->
                Optional.of(
                        ChangeEvent.partial(ref, ContactShape.properties(body.path("contact")), at, Evidence.EVENT));
            case "contact.archived" -> Optional.of(ChangeEvent.of(ref, ChangeKind.ARCHIVE, at, Evidence.EVENT));
            case "contact.merged" -> Optional.of(merged(body.path("merged_into"), ref, at));
            default -> Optional.empty();
        };
    }

    private ChangeEvent merged(JsonNode survivor, RecordRef ref, AsOf at) {
        return survivor.isTextual()
                ? ChangeEvent.merged(ref, shape.ref(survivor.textValue()), at, Evidence.EVENT)
                : ChangeEvent.of(ref, ChangeKind.GAP, at, Evidence.EVENT);
    }

    /** Ours is what our own app did, and nothing else: another app of the same company is somebody else (A62, A63). */
    private Origin by(JsonNode body) {
        if (appId == null) {
            return Origin.UNKNOWN;
        }
        return body.path("app").asText("").equals(appId) ? Origin.OURS : Origin.OTHERS;
    }
}
