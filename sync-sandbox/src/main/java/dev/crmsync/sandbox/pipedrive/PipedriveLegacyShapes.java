package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Option;
import dev.crmsync.sandbox.pipedrive.PipedriveState.User;
import java.util.List;

/** How records look in the older edition: notes, leads, and what merges and recents tell of. Guarded by the stand-in's lock. */
final class PipedriveLegacyShapes {
    private static final List<String> LINKS =
            List.of("lead_id", "deal_id", "person_id", "org_id", "project_id", "task_id");
    private static final List<String> PINS = List.of("deal", "lead", "organization", "person", "project", "task");
    private static final List<String> LEAD = List.of(
            "title",
            "owner_id",
            "creator_id",
            "label_ids",
            "person_id",
            "organization_id",
            "source_name",
            "origin",
            "origin_id",
            "channel",
            "channel_id",
            "source_deal_id",
            "is_archived",
            "was_seen",
            "value",
            "expected_close_date",
            "next_activity_id");

    private final PipedriveState state;
    private final PipedriveFields fields;
    private final PipedriveShapes shapes;
    private final long companyId;
    private final long tokenUser;

    PipedriveLegacyShapes(
            PipedriveState state, PipedriveFields fields, PipedriveShapes shapes, long companyId, long tokenUser) {
        this.state = state;
        this.fields = fields;
        this.shapes = shapes;
        this.companyId = companyId;
        this.tokenUser = tokenUser;
    }

    ObjectNode person(Item item) {
        JsonNode values = item.values;
        ObjectNode shown = Json.object().put("id", item.number).put("company_id", companyId);
        shown.set("name", values.path("name"));
        shown.set("first_name", orNull(values, "first_name"));
        shown.set("last_name", orNull(values, "last_name"));
        shown.set("owner_id", orNull(values, "owner_id"));
        shown.set("org_id", orNull(values, "org_id"));
        shown.set("email", values.path("emails"));
        shown.set("phone", values.path("phones"));
        JsonNode labels = values.path("label_ids");
        shown.set("label", labels.isEmpty() ? Json.MAPPER.nullNode() : labels.path(0));
        shown.set("label_ids", labels);
        shown.put("visible_to", values.path("visible_to").asText());
        shown.put("active_flag", !item.deleted);
        times(shown, item);
        for (Field field : fields.customs(PipedriveKind.PERSON)) {
            shown.set(field.code, orNull(values.path("custom_fields"), field.code));
        }
        return shown;
    }

    ObjectNode note(Item item) {
        JsonNode values = item.values;
        ObjectNode shown = Json.object().put("id", item.number);
        shown.set("content", values.path("content"));
        LINKS.forEach(key -> shown.set(key, orNull(values, key)));
        named(shown, "person", PipedriveKind.PERSON, values.path("person_id"), "name");
        named(shown, "deal", PipedriveKind.DEAL, values.path("deal_id"), "title");
        shown.putNull("organization").putNull("project");
        PINS.forEach(pin -> shown.put(
                "pinned_to_" + pin + "_flag",
                values.path("pinned_to_" + pin + "_flag").asInt() == 1));
        shown.set("user_id", orNull(values, "user_id"));
        shown.set("last_update_user_id", orNull(values, "last_update_user_id"));
        User user = state.users.get(values.path("user_id").asLong());
        if (user != null) {
            shown.putObject("user")
                    .put("email", user.email)
                    .put("name", user.name)
                    .putNull("icon_url")
                    .put("is_you", user.id == tokenUser);
        }
        shown.put("active_flag", !item.deleted);
        return times(shown, item);
    }

    private void named(ObjectNode shown, String key, PipedriveKind kind, JsonNode id, String name) {
        Item item = id.isNumber() ? state.shelf(kind).items.get(id.asLong()) : null;
        if (item == null) {
            shown.putNull(key);
        } else {
            shown.putObject(key).set(name, item.values.path(name));
        }
    }

    ObjectNode lead(Item item) {
        ObjectNode shown = Json.object().put("id", item.id);
        LEAD.forEach(key -> shown.set(key, orNull(item.values, key)));
        shown.put("add_time", PipedriveTimes.millis(item.addTime));
        shown.put("update_time", PipedriveTimes.millis(item.updateTime));
        shown.put("visible_to", item.values.path("visible_to").asText());
        shown.put("cc_email", "company" + companyId + "+lead" + item.id + "@pipedrivemail.invalid");
        for (Field field : fields.customs(PipedriveKind.LEAD)) {
            shown.set(field.code, orNull(item.values.path("custom_fields"), field.code));
        }
        return shown;
    }

    /** Any record with the times of the older edition. */
    ObjectNode any(PipedriveKind kind, Item item) {
        return switch (kind) {
            case PERSON -> person(item);
            case NOTE -> note(item);
            case LEAD -> lead(item);
            default -> times(shapes.whole(kind, item), item).put("active_flag", !item.deleted);
        };
    }

    ObjectNode field(Field field) {
        ObjectNode shown = Json.object()
                .put("id", field.id)
                .put("key", fields.shown(field))
                .put("name", field.name)
                .put("field_type", field.type)
                .put("add_time", PipedriveTimes.legacy(field.addTime))
                .put("active_flag", true)
                .put("edit_flag", field.custom)
                .put("mandatory_flag", field.code.equals("title"));
        if (field.hasOptions()) {
            ArrayNode options = shown.putArray("options");
            for (Option option : field.options) {
                options.addObject().put("id", option.id).put("label", option.label);
            }
        }
        return shown;
    }

    private static ObjectNode times(ObjectNode shown, Item item) {
        return shown.put("add_time", PipedriveTimes.legacy(item.addTime))
                .put("update_time", PipedriveTimes.legacy(item.updateTime));
    }

    private static JsonNode orNull(JsonNode values, String key) {
        JsonNode value = values.get(key);
        return value == null ? Json.MAPPER.nullNode() : value;
    }
}
