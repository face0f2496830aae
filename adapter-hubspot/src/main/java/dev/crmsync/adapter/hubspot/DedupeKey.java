package dev.crmsync.adapter.hubspot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        return key.length() <= LONGEST ? key : hash(key);
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
