package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.pipedrive.PipedriveState.User;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What notes take: the older edition reads numbers from text and lets unknown keys pass. Guarded by the stand-in's lock. */
final class PipedriveNoteRules implements PipedriveRules {
    private static final Map<String, PipedriveKind> LINKS = new LinkedHashMap<>(Map.of(
            "lead_id", PipedriveKind.LEAD,
            "deal_id", PipedriveKind.DEAL,
            "person_id", PipedriveKind.PERSON));

    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveReferences references;
    private final PipedriveTeam team;

    PipedriveNoteRules(Parts parts, PipedriveState state, PipedriveReferences references, PipedriveTeam team) {
        this.parts = parts;
        this.state = state;
        this.references = references;
        this.team = team;
    }

    @Override
    public ObjectNode accept(@Nullable Item before, JsonNode body, PipedriveOrigin origin) {
        ObjectNode values = Json.object();
        String content = body.path("content").asText("");
        if (content.isBlank() && (before == null || body.has("content"))) {
            throw PipedriveErrors.invalid("content: is required");
        }
        if (body.has("content")) {
            boolean kept = parts.dials().is("notes.html", "kept");
            values.put("content", kept ? content : PipedriveHtml.sanitised(content));
        }
        links(body, values);
        boolean linked = body.hasNonNull("org_id") || body.hasNonNull("project_id") || body.hasNonNull("task_id");
        if (before == null && !linked && LINKS.keySet().stream().noneMatch(values::hasNonNull)) {
            throw PipedriveErrors.invalid(
                    "one of lead_id, deal_id, person_id, org_id, project_id or task_id is required");
        }
        values.put("last_update_user_id", origin.userId());
        if (before == null) {
            values.put("user_id", origin.userId());
        }
        if (body.hasNonNull("user_id")) {
            User user = state.users.get(origin.userId());
            boolean own = body.path("user_id").asLong() == origin.userId();
            if (!own && (user == null || !team.admin(user))) {
                throw PipedriveErrors.forbidden("Only admins set the user of a note");
            }
            references.needUser(body, "user_id");
            values.put("user_id", body.path("user_id").asLong());
        }
        addTime(before, body, values);
        body.properties().forEach(e -> {
            if (e.getKey().startsWith("pinned_to_")) {
                values.put(e.getKey(), e.getValue().asInt());
            }
        });
        return values;
    }

    private void links(JsonNode body, ObjectNode values) {
        LINKS.forEach((key, kind) -> {
            references.needRecord(body, key, kind);
            if (body.hasNonNull(key) && kind == PipedriveKind.LEAD) {
                values.put(key, body.path(key).asText());
            } else if (body.hasNonNull(key)) {
                values.put(key, body.path(key).asLong());
            } else if (body.has(key)) {
                values.putNull(key);
            }
        });
        for (String key : new String[] {"org_id", "project_id", "task_id"}) {
            if (body.hasNonNull(key)) {
                values.put(key, body.path(key).asLong());
            }
        }
    }

    private static void addTime(@Nullable Item before, JsonNode body, ObjectNode values) {
        if (before != null || !body.hasNonNull("add_time")) {
            return;
        }
        String given = body.path("add_time").asText();
        Long time = PipedriveTimes.parseLegacy(given);
        Long other = time == null ? PipedriveTimes.parse(given) : time;
        if (other == null) {
            throw PipedriveErrors.invalid("add_time: must be YYYY-MM-DD HH:MM:SS");
        }
        values.put("add_time", PipedriveTimes.millis(other));
    }
}
