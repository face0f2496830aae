package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import org.jspecify.annotations.Nullable;

/** What activities take: whom they concern is set through their participants. Guarded by the stand-in's lock. */
final class PipedriveActivityRules implements PipedriveRules {
    private static final PipedriveBody PARTICIPANT =
            new PipedriveBody().with(PipedriveType.WHOLE, "person_id").with(PipedriveType.FLAG, "primary");

    private final Parts parts;
    private final PipedriveReferences references;

    PipedriveActivityRules(Parts parts, PipedriveReferences references) {
        this.parts = parts;
        this.references = references;
    }

    @Override
    public ObjectNode accept(@Nullable Item before, JsonNode given, PipedriveOrigin origin) {
        ObjectNode body = given.isObject() ? given.deepCopy() : Json.object();
        if (parts.dials().is("activities.person_id", "ignored")) {
            body.remove("person_id");
        }
        keys().check(given.isObject() ? body : given);
        references.needUser(body, "owner_id");
        references.needRecord(body, "deal_id", PipedriveKind.DEAL);
        references.needRecord(body, "lead_id", PipedriveKind.LEAD);
        ObjectNode values = Json.object();
        if (before == null) {
            values.put("subject", "Call")
                    .put("type", "call")
                    .put("owner_id", origin.userId())
                    .put("creator_user_id", origin.userId())
                    .put("busy", false)
                    .put("done", false)
                    .set("participants", Json.array());
        }
        values.setAll(body);
        if (body.has("participants")) {
            participants(body.path("participants"), values);
        }
        if (body.has("done")) {
            boolean was = before != null && before.values.path("done").asBoolean();
            boolean done = body.path("done").asBoolean();
            if (done && !was) {
                values.put(
                        "marked_as_done_time",
                        PipedriveTimes.seconds(parts.clock().millis()));
            } else if (!done) {
                values.putNull("marked_as_done_time");
            }
        }
        return values;
    }

    private static PipedriveBody keys() {
        return new PipedriveBody()
                .with(PipedriveType.TEXT, "subject", "type")
                .clearable(PipedriveType.TEXT, "due_time", "duration", "public_description", "note", "lead_id")
                .clearable(PipedriveType.DATE, "due_date")
                .with(PipedriveType.WHOLE, "owner_id")
                .clearable(PipedriveType.WHOLE, "deal_id", "org_id", "project_id", "priority", "outcome")
                .with(PipedriveType.FLAG, "busy", "done")
                .clearable(PipedriveType.OBJECT, "location")
                .with(PipedriveType.OBJECTS, "participants", "attendees");
    }

    /** The primary participant is the activity's person; when none is, the first becomes it. */
    private void participants(JsonNode given, ObjectNode values) {
        ArrayNode kept = Json.array();
        long primary = 0;
        for (JsonNode one : given) {
            PARTICIPANT.check(one);
            if (!one.has("person_id")) {
                throw PipedriveErrors.invalid("participants: person_id is required");
            }
            references.needRecord(one, "person_id", PipedriveKind.PERSON);
            if (one.path("primary").asBoolean()) {
                if (primary != 0) {
                    throw PipedriveErrors.invalid("participants: at most one can be primary");
                }
                primary = one.path("person_id").asLong();
            }
        }
        if (primary == 0) {
            primary = given.path(0).path("person_id").asLong();
        }
        for (JsonNode one : given) {
            long person = one.path("person_id").asLong();
            kept.addObject().put("person_id", person).put("primary", person == primary);
        }
        values.set("participants", kept);
        if (kept.isEmpty()) {
            values.putNull("person_id");
        } else {
            values.put("person_id", primary);
        }
    }
}
