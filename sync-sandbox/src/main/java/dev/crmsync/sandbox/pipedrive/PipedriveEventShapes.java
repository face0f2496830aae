package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How webhooks tell of records: the crucial values only, unlike REST in several of them. Guarded by the stand-in's lock. */
final class PipedriveEventShapes {
    private static final String CUSTOMS = "custom_fields";
    private static final Map<PipedriveKind, List<String>> KEYS = Map.of(
            PipedriveKind.PERSON,
            List.of("name", "first_name", "last_name", "owner_id", "org_id", "emails", "phones"),
            PipedriveKind.DEAL,
            List.of(
                    "title",
                    "creator_user_id",
                    "owner_id",
                    "person_id",
                    "org_id",
                    "pipeline_id",
                    "stage_id",
                    "value",
                    "currency",
                    "status",
                    "probability",
                    "lost_reason",
                    "label_ids",
                    "stage_change_time",
                    "close_time",
                    "won_time",
                    "lost_time",
                    "first_won_time",
                    "expected_close_date",
                    "is_archived",
                    "archive_time",
                    "origin",
                    "origin_id",
                    "channel",
                    "channel_id"),
            PipedriveKind.ACTIVITY,
            List.of(
                    "subject",
                    "type",
                    "owner_id",
                    "deal_id",
                    "lead_id",
                    "person_id",
                    "org_id",
                    "due_date",
                    "due_time",
                    "duration",
                    "done",
                    "location",
                    "public_description"),
            PipedriveKind.NOTE,
            List.of("content", "user_id", "deal_id", "person_id", "org_id", "lead_id", "project_id"),
            PipedriveKind.LEAD,
            List.of(
                    "title",
                    "creator_id",
                    "owner_id",
                    "person_id",
                    "organization_id",
                    "label_ids",
                    "value",
                    "expected_close_date",
                    "is_archived",
                    "was_seen",
                    "source_name",
                    "origin",
                    "origin_id",
                    "channel",
                    "channel_id",
                    "next_activity_id"));
    private static final List<String> PINS = List.of("deal", "person", "organization");

    private final Dials dials;
    private final PipedriveFields fields;

    PipedriveEventShapes(Parts parts, PipedriveFields fields) {
        this.dials = parts.dials();
        this.fields = fields;
    }

    /** The values of a record; an update time is missing from a deal that is only just made. */
    ObjectNode data(PipedriveKind kind, Item item, boolean fresh) {
        ObjectNode data = Json.object();
        if (kind == PipedriveKind.LEAD) {
            data.put("id", item.id);
        } else {
            data.put("id", item.number);
        }
        KEYS.getOrDefault(kind, List.of()).forEach(key -> data.set(key, value(item.values, key)));
        data.put("add_time", time(kind, item.addTime));
        data.put("update_time", fresh && kind == PipedriveKind.DEAL ? null : time(kind, item.updateTime));
        switch (kind) {
            case PERSON, DEAL ->
                data.put("visible_to", item.values.path("visible_to").asText());
            case NOTE ->
                PINS.forEach(pin -> data.put(
                        "pinned_to_" + pin + "_flag",
                        item.values.path("pinned_to_" + pin + "_flag").asInt() == 1));
            default -> {}
        }
        if (kind == PipedriveKind.PERSON) {
            labels(item.values.path("label_ids"), data);
        }
        if (kind == PipedriveKind.NOTE || kind == PipedriveKind.ACTIVITY) {
            data.put("active_flag", !item.deleted);
        }
        if (kind.hasFields()) {
            ObjectNode customs = data.putObject(CUSTOMS);
            for (Field field : fields.customs(kind)) {
                customs.set(field.code, custom(field, value(item.values.path(CUSTOMS), field.code)));
            }
        }
        return data;
    }

    /** The older name holds one label only. */
    private void labels(JsonNode ids, ObjectNode data) {
        if (dials.is("webhooks.person_labels", "label_ids")) {
            data.set("label_ids", ids);
        } else {
            data.set("label", ids.isEmpty() ? Json.MAPPER.nullNode() : ids.path(0));
        }
    }

    /** The old values of what changed, of those that webhooks tell at all. */
    ObjectNode previous(PipedriveKind kind, Item item, ObjectNode before, long updatedBefore) {
        Set<String> told = new LinkedHashSet<>(KEYS.getOrDefault(kind, List.of()));
        // A stage's own time moves with it and is not named.
        told.remove("stage_change_time");
        ObjectNode previous = Json.object();
        before.properties().forEach(e -> {
            if (told.contains(e.getKey())) {
                previous.set(e.getKey(), e.getValue());
            }
        });
        if (before.has("visible_to") && (kind == PipedriveKind.PERSON || kind == PipedriveKind.DEAL)) {
            previous.put("visible_to", before.path("visible_to").asText());
        }
        if (before.has("label_ids") && kind == PipedriveKind.PERSON) {
            labels(before.path("label_ids"), previous);
        }
        if (before.has(CUSTOMS)) {
            ObjectNode customs = previous.putObject(CUSTOMS);
            for (Field field : fields.customs(kind)) {
                if (before.path(CUSTOMS).has(field.code)) {
                    customs.set(field.code, custom(field, before.path(CUSTOMS).path(field.code)));
                }
            }
        }
        boolean bare = kind == PipedriveKind.PERSON || kind == PipedriveKind.DEAL;
        if ((!bare || dials.on("webhooks.previous_update_time")) && item.updateTime != updatedBefore) {
            previous.put("update_time", time(kind, updatedBefore));
        }
        return previous;
    }

    private String time(PipedriveKind kind, long ms) {
        boolean precise = kind == PipedriveKind.LEAD || dials.is("webhooks.time_precision", "ms");
        return precise ? PipedriveTimes.millis(ms) : PipedriveTimes.seconds(ms);
    }

    private JsonNode custom(Field field, JsonNode value) {
        if (value.isNull() || dials.is("webhooks.custom_fields", "plain")) {
            return value;
        }
        ObjectNode told = Json.object();
        switch (field.type) {
            case "enum", "user", "org", "people" -> told.set("id", value);
            case "set" -> {
                ArrayNode values = told.putArray("values");
                value.forEach(id -> values.addObject().set("id", id));
            }
            case "timerange", "daterange" -> {
                told.set("from", value(value, "value"));
                told.set("until", value(value, "until"));
            }
            case "monetary", "time" -> told.setAll((ObjectNode) value);
            case "address" -> {
                told.setAll((ObjectNode) value);
                told.set("formatted_address", value.path("value"));
            }
            default -> told.set("value", value);
        }
        return told.put("type", field.type);
    }

    private static JsonNode value(JsonNode values, String key) {
        JsonNode value = values.get(key);
        return value == null ? Json.MAPPER.nullNode() : value;
    }
}
