package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One item of a webhook body, read with suspicion: every field is optional and may have any JSON type. */
final class WebhookItem {
    private static final Pattern ID = Pattern.compile("[0-9]{1,32}");
    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z0-9_]{1,250}");

    /** 31 December 9999: later times are no times, and some databases cannot hold them. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    private final JsonNode json;

    WebhookItem(JsonNode json) {
        this.json = json;
    }

    /** The subscription type, which older deliveries call the event type; empty when there is none. */
    String type() {
        String type = text("subscriptionType");
        return type.isEmpty() ? text("eventType") : type;
    }

    /** What happened, such as {@code propertyChange}. */
    String action() {
        String type = type();
        return type.substring(type.indexOf('.') + 1);
    }

    /** The kind of objects that it is about, in the classic or in the generic shape; empty when it is not followed. */
    Optional<ObjectKind> kind() {
        String type = type();
        return ObjectKind.told(type.substring(0, Math.max(0, type.indexOf('.'))), text("objectTypeId"));
    }

    /**
     * The object of a kind whose association with the other of its link this tells of; HubSpot tells it once from either side.
     * Generic events number the types of both sides, classic ones name them.
     */
    Optional<String> associated(ObjectKind kind) {
        ObjectKind other = kind.linked().orElse(null);
        if (other == null) {
            return Optional.empty();
        }
        String sides = text("fromObjectTypeId") + ">" + text("toObjectTypeId");
        String named = text("associationType");
        if (sides.equals(kind.typeId() + ">" + other.typeId()) || named.equals(towards(kind, other))) {
            return id("fromObjectId");
        } else if (sides.equals(other.typeId() + ">" + kind.typeId()) || named.equals(towards(other, kind))) {
            return id("toObjectId");
        }
        boolean told = sides.length() > 1 || named.contains("_TO_");
        return told ? Optional.empty() : kind().filter(kind::equals).flatMap(own -> id("fromObjectId"));
    }

    private static String towards(ObjectKind from, ObjectKind to) {
        return (from.singular() + "_TO_" + to.singular()).toUpperCase(Locale.ROOT);
    }

    Optional<String> objectId() {
        return id(json.path("objectId"));
    }

    Optional<String> id(String field) {
        return id(json.path(field));
    }

    List<String> ids(String field) {
        List<String> found = new ArrayList<>();
        json.path(field).forEach(element -> id(element).ifPresent(found::add));
        return found;
    }

    Optional<Instant> occurredAt() {
        String millis = text("occurredAt");
        if (!ID.matcher(millis).matches() || millis.length() > 15 || Long.parseLong(millis) > LAST_MILLIS) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    Optional<String> propertyName() {
        return Optional.of(text("propertyName")).filter(PROPERTY.asMatchPredicate());
    }

    /** The new value, or null when it is not told: missing, no scalar, or hidden because it is sensitive. */
    @Nullable NativeValue propertyValue() {
        JsonNode value = json.path("propertyValue");
        if (value.isMissingNode() || value.isContainerNode() || value.asText().equals("REDACTED")) {
            return null;
        }
        return NativeText.of(value);
    }

    String portalId() {
        return text("portalId");
    }

    /** Ours only by the mark and the id together; without a known app id an integration may be anybody. */
    Origin origin(@Nullable String appId) {
        String source = text("changeSource");
        if (source.isEmpty()) {
            return Origin.UNKNOWN;
        }
        if (!source.equals("INTEGRATION")) {
            return Origin.OTHERS;
        }
        if (appId == null || text("sourceId").isEmpty()) {
            return Origin.UNKNOWN;
        }
        return text("sourceId").equals(appId) ? Origin.OURS : Origin.OTHERS;
    }

    String text(String field) {
        JsonNode value = json.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    private static Optional<String> id(JsonNode value) {
        return Optional.of(value.isValueNode() ? value.asText() : "").filter(ID.asMatchPredicate());
    }
}
