package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/**
 * A webhook as Pipedrive lists it.
 *
 * @param id its id
 * @param target where it goes
 * @param action the actions that it tells of, {@code *} for all
 * @param entity the kind of records that it tells of
 * @param active whether it delivers
 * @param second whether it is of version 2
 */
record WebhookRow(String id, URI target, String action, String entity, boolean active, boolean second) {
    static final String ALL = "*";

    static Optional<WebhookRow> of(JsonNode row) {
        String id = Rows.id(row);
        try {
            URI target = URI.create(row.path("subscription_url").asText(""));
            return id.isEmpty() || target.getHost() == null
                    ? Optional.empty()
                    : Optional.of(new WebhookRow(
                            id,
                            target,
                            row.path("event_action").asText(""),
                            row.path("event_object").asText(""),
                            active(row.path("is_active")),
                            row.path("version").asText("2").startsWith("2")));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** A truth value, or a number that stands for one. */
    private static boolean active(JsonNode told) {
        return told.isMissingNode() || told.isNull() || told.asBoolean(false);
    }

    boolean goesTo(URI address) {
        return target.normalize().equals(address.normalize());
    }

    /** Whether it delivers all that is to be known of a kind of records. */
    boolean delivers(String wanted) {
        return active && second && entity.equals(wanted) && action.equals(ALL);
    }
}
