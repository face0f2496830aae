package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What persons take. Guarded by the stand-in's lock. */
final class PipedrivePersonRules implements PipedriveRules {
    /** The values that only companies with contact sync have. */
    static final List<String> SYNCED = List.of("postal_address", "notes", "im", "birthday", "job_title");

    private static final Set<String> MARKETING = Set.of("no_consent", "unsubscribed", "subscribed", "archived");

    private final Parts parts;
    private final PipedriveReferences references;
    private final PipedriveCustoms customs;

    PipedrivePersonRules(Parts parts, PipedriveReferences references, PipedriveCustoms customs) {
        this.parts = parts;
        this.references = references;
        this.customs = customs;
    }

    @Override
    public ObjectNode accept(@Nullable Item before, JsonNode body, PipedriveOrigin origin) {
        keys(before == null).check(body);
        references.needUser(body, "owner_id");
        references.needVisibility(body);
        references.needLabels(body, PipedriveKind.PERSON);
        ObjectNode values = Json.object();
        if (before == null) {
            values.put("owner_id", origin.userId()).put("visible_to", 3);
            values.set("emails", Json.array());
            values.set("phones", Json.array());
            values.set("label_ids", Json.array());
        }
        values.setAll((ObjectNode) body.deepCopy());
        name(before, body, values);
        for (String key : List.of("emails", "phones")) {
            if (body.has(key)) {
                JsonNode given = PipedriveChannels.accept(key, body.path(key));
                if (before != null && parts.dials().is("channels.patch", "append")) {
                    given = PipedriveChannels.union(before.values.path(key), given);
                }
                values.set(key, given);
            }
        }
        marketing(before, body);
        values.set("custom_fields", customs.accept(PipedriveKind.PERSON, body.path("custom_fields")));
        return values;
    }

    private PipedriveBody keys(boolean fresh) {
        PipedriveBody keys = new PipedriveBody()
                .with(PipedriveType.TEXT, "name", "first_name", "marketing_status")
                .clearable(PipedriveType.TEXT, "last_name")
                .with(PipedriveType.WHOLE, "owner_id", "visible_to")
                .clearable(PipedriveType.WHOLE, "org_id")
                .with(PipedriveType.OBJECTS, "emails", "phones")
                .with(PipedriveType.WHOLES, "label_ids")
                .with(PipedriveType.OBJECT, "custom_fields");
        if (fresh) {
            keys.with(PipedriveType.INSTANT, "add_time");
        }
        if (parts.dials().on("contact_sync")) {
            keys.clearable(PipedriveType.OBJECT, "postal_address")
                    .clearable(PipedriveType.TEXT, "notes", "job_title")
                    .with(PipedriveType.OBJECTS, "im")
                    .clearable(PipedriveType.DATE, "birthday");
        }
        return keys;
    }

    /** One name makes the two, and the two make the one; the first word is the first name. */
    private static void name(@Nullable Item before, JsonNode body, ObjectNode values) {
        if (body.has("name")) {
            String name = body.path("name").asText().strip();
            if (name.isEmpty()) {
                throw PipedriveErrors.invalid("name: must not be empty");
            }
            int space = name.indexOf(' ');
            values.put("name", name).put("first_name", space < 0 ? name : name.substring(0, space));
            if (space < 0) {
                values.putNull("last_name");
            } else {
                values.put("last_name", name.substring(space + 1).strip());
            }
        } else if (body.has("first_name") || body.has("last_name")) {
            JsonNode old = before == null ? Json.object() : before.values;
            String first = text(body, old, "first_name");
            String last = text(body, old, "last_name");
            String whole = (first + " " + last).strip();
            if (whole.isEmpty()) {
                throw PipedriveErrors.invalid("name: must not be empty");
            }
            values.put("name", whole);
        } else if (before == null) {
            throw PipedriveErrors.invalid("name: is required");
        }
    }

    private static String text(JsonNode body, JsonNode old, String key) {
        JsonNode from = body.has(key) ? body : old;
        return from.hasNonNull(key) ? from.path(key).asText() : "";
    }

    private static void marketing(@Nullable Item before, JsonNode body) {
        if (!body.has("marketing_status")) {
            return;
        }
        String status = body.path("marketing_status").asText();
        if (!MARKETING.contains(status)) {
            throw PipedriveErrors.invalid("marketing_status: must be one of "
                    + MARKETING.stream().sorted().toList());
        }
        String old =
                before == null ? "" : before.values.path("marketing_status").asText("");
        if (!old.isEmpty() && !old.equals("no_consent") && !old.equals(status)) {
            throw PipedriveErrors.invalid("marketing_status: can be changed once");
        }
    }
}
