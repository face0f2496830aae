package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Option;
import java.util.List;
import java.util.Map;

/** How records look in the newer edition of REST. Guarded by the stand-in's lock. */
final class PipedriveShapes {
    private static final Map<PipedriveKind, List<String>> KEYS = Map.of(
            PipedriveKind.PERSON,
            List.of(
                    "name",
                    "first_name",
                    "last_name",
                    "owner_id",
                    "org_id",
                    "emails",
                    "phones",
                    "visible_to",
                    "label_ids",
                    "picture_id"),
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
                    "stage_change_time",
                    "is_archived",
                    "archive_time",
                    "status",
                    "probability",
                    "lost_reason",
                    "visible_to",
                    "close_time",
                    "won_time",
                    "lost_time",
                    "expected_close_date",
                    "label_ids",
                    "origin",
                    "origin_id",
                    "channel",
                    "channel_id",
                    "arr",
                    "mrr",
                    "acv"),
            PipedriveKind.ACTIVITY,
            List.of(
                    "subject",
                    "type",
                    "owner_id",
                    "creator_user_id",
                    "deal_id",
                    "lead_id",
                    "person_id",
                    "org_id",
                    "project_id",
                    "due_date",
                    "due_time",
                    "duration",
                    "busy",
                    "done",
                    "marked_as_done_time",
                    "location",
                    "participants",
                    "attendees",
                    "conference_meeting_client",
                    "conference_meeting_url",
                    "conference_meeting_id",
                    "public_description",
                    "priority",
                    "outcome",
                    "note"),
            PipedriveKind.PIPELINE,
            List.of("name", "order_nr", "is_deal_probability_enabled"),
            PipedriveKind.STAGE,
            List.of("name", "order_nr", "deal_probability", "pipeline_id", "is_deal_rot_enabled", "days_to_rotten"));

    private final Dials dials;
    private final PipedriveFields fields;

    PipedriveShapes(Parts parts, PipedriveFields fields) {
        this.dials = parts.dials();
        this.fields = fields;
    }

    ObjectNode whole(PipedriveKind kind, Item item) {
        return shown(kind, item, PipedriveView.PLAIN);
    }

    ObjectNode shown(PipedriveKind kind, Item item, PipedriveView view) {
        ObjectNode shown = Json.object().put("id", item.number);
        keys(kind).forEach(key -> shown.set(key, value(item.values, key)));
        shown.put("add_time", PipedriveTimes.seconds(item.addTime));
        shown.put("update_time", time(item.updateTime));
        shown.put("is_deleted", item.deleted);
        if (kind == PipedriveKind.PERSON && dials.on("contact_sync")) {
            PipedrivePersonRules.SYNCED.forEach(key -> shown.set(key, value(item.values, key)));
        }
        for (String more : List.of("marketing_status", "source_lead_id")) {
            if (view.more().contains(more)) {
                shown.set(more, value(item.values, more));
            }
        }
        if (kind.hasFields()) {
            shown.set("custom_fields", customs(kind, item, view));
            if (view.labels()) {
                shown.set(dials.word("labels.included_as"), labels(fields.labels(kind), item.values.path("label_ids")));
            }
        }
        return shown;
    }

    /** A time of REST. */
    String time(long ms) {
        return dials.on("rest.update_time_ms") ? PipedriveTimes.millis(ms) : PipedriveTimes.seconds(ms);
    }

    private ObjectNode customs(PipedriveKind kind, Item item, PipedriveView view) {
        boolean nulls = dials.is("custom.missing", "null");
        ObjectNode customs = Json.object();
        JsonNode held = item.values.path("custom_fields");
        for (Field field : fields.customs(kind)) {
            if (view.wants(field.code) && (nulls || held.has(field.code))) {
                JsonNode value = value(held, field.code);
                boolean named = view.optionLabels() && field.hasOptions() && !value.isNull();
                customs.set(field.code, named ? labels(field, value) : value);
            }
        }
        return customs;
    }

    private static JsonNode labels(Field field, JsonNode ids) {
        if (!ids.isArray()) {
            return label(field, ids.asLong());
        }
        ArrayNode labels = Json.array();
        ids.forEach(id -> labels.add(label(field, id.asLong())));
        return labels;
    }

    private static ObjectNode label(Field field, long id) {
        Option option = field.option(id);
        return Json.object().put("id", id).put("label", option == null ? "" : option.label);
    }

    private static List<String> keys(PipedriveKind kind) {
        return KEYS.getOrDefault(kind, List.of());
    }

    private static JsonNode value(JsonNode values, String key) {
        JsonNode value = values.get(key);
        return value == null ? Json.MAPPER.nullNode() : value;
    }
}
