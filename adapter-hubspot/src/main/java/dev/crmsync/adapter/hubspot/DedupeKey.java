package dev.crmsync.adapter.hubspot;

import dev.crmsync.http.Signatures;
import dev.crmsync.spi.model.Bytes;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What tells one webhook event from every other. HubSpot's event id is not unique, and the attempt number changes with
 * each delivery, so the key is made of what stays. It bears no values, for keys are kept long after them.
 */
final class DedupeKey {
    private static final int LONGEST = 200;

    private DedupeKey() {}

    /**
     * @param part tells the events of one item apart
     */
    static String of(WebhookItem item, String part) {
        String key = List.of(
                        item.portalId(),
                        item.type(),
                        item.text("objectId"),
                        item.text("propertyName"),
                        item.text("occurredAt"),
                        item.text("eventId"),
                        part)
                .stream()
                .map(text -> text.replace("%", "%25").replace("|", "%7C"))
                .collect(Collectors.joining("|"));
        return key.length() <= LONGEST ? key : "sha256:" + Signatures.hex(Signatures.sha256(Bytes.utf8(key)));
    }
}
