package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What deals take. Guarded by the stand-in's lock. */
final class PipedriveDealRules implements PipedriveRules {
    private static final Set<String> STATUSES = Set.of("open", "won", "lost");

    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveReferences references;
    private final PipedriveCustoms customs;

    PipedriveDealRules(Parts parts, PipedriveState state, PipedriveReferences references, PipedriveCustoms customs) {
        this.parts = parts;
        this.state = state;
        this.references = references;
        this.customs = customs;
    }

    @Override
    public ObjectNode accept(@Nullable Item before, JsonNode body, PipedriveOrigin origin) {
        keys(before == null).check(body);
        if (before == null && body.path("title").asText("").isBlank()) {
            throw PipedriveErrors.invalid("title: is required");
        }
        if (before == null) {
            needRoom();
        }
        boolean leaves = body.path("is_archived").isBoolean()
                && !body.path("is_archived").asBoolean();
        if (before != null && before.archived() && !leaves) {
            throw PipedriveErrors.of(400, "An archived deal cannot be edited", "ERR_DEAL_ARCHIVED");
        }
        references.needUser(body, "owner_id");
        references.needVisibility(body);
        references.needLabels(body, PipedriveKind.DEAL);
        references.needRecord(body, "person_id", PipedriveKind.PERSON);
        ObjectNode values = Json.object();
        if (before == null) {
            values.put("owner_id", origin.userId())
                    .put("creator_user_id", origin.userId())
                    .put("visible_to", 3)
                    .put("status", "open")
                    .put("value", 0)
                    .put("currency", "EUR")
                    .put("is_archived", false)
                    .put("origin", origin.source().equals(PipedriveOrigin.API) ? "API" : "ManuallyCreated")
                    .set("label_ids", Json.array());
        }
        values.setAll((ObjectNode) body.deepCopy());
        place(before, body, values);
        status(before, body, values);
        archive(body, values);
        values.set("custom_fields", customs.accept(PipedriveKind.DEAL, body.path("custom_fields")));
        return values;
    }

    private static PipedriveBody keys(boolean fresh) {
        PipedriveBody keys = new PipedriveBody()
                .with(PipedriveType.TEXT, "title", "currency", "status")
                .clearable(PipedriveType.TEXT, "lost_reason", "archive_time")
                .with(PipedriveType.WHOLE, "owner_id", "pipeline_id", "stage_id", "visible_to")
                .clearable(PipedriveType.WHOLE, "person_id", "org_id", "probability")
                .with(PipedriveType.NUMBER, "value")
                .with(PipedriveType.FLAG, "is_archived")
                .clearable(PipedriveType.DATE, "expected_close_date")
                .clearable(PipedriveType.INSTANT, "close_time", "won_time", "lost_time")
                .with(PipedriveType.WHOLES, "label_ids")
                .with(PipedriveType.OBJECT, "custom_fields");
        return fresh ? keys.with(PipedriveType.INSTANT, "add_time") : keys;
    }

    private void needRoom() {
        long most = parts.dials().whole("limits.deals_most");
        if (most <= 0) {
            return;
        }
        long open = state.shelf(PipedriveKind.DEAL).items.values().stream()
                .filter(one ->
                        !one.deleted && one.values.path("status").asText().equals("open"))
                .count();
        if (open >= most) {
            throw PipedriveErrors.of(403, "The limit of open deals is reached", "feature_capping_deals_limit");
        }
    }

    /** A stage says which pipeline it is; a pipeline alone means its first stage. */
    private void place(@Nullable Item before, JsonNode body, ObjectNode values) {
        if (body.has("stage_id")) {
            references.needRecord(body, "stage_id", PipedriveKind.STAGE);
            Item stage =
                    references.record(PipedriveKind.STAGE, body.path("stage_id").asText());
            long pipeline = stage == null ? 0 : stage.values.path("pipeline_id").asLong();
            if (body.has("pipeline_id") && body.path("pipeline_id").asLong() != pipeline) {
                throw PipedriveErrors.invalid("stage_id: is not of this pipeline");
            }
            values.put("pipeline_id", pipeline);
        } else if (before == null || body.has("pipeline_id")) {
            references.needRecord(body, "pipeline_id", PipedriveKind.PIPELINE);
            long pipeline = body.has("pipeline_id")
                    ? body.path("pipeline_id").asLong()
                    : state.shelf(PipedriveKind.PIPELINE).items.firstKey();
            boolean stays = before != null && before.values.path("pipeline_id").asLong() == pipeline;
            if (!stays) {
                values.put("pipeline_id", pipeline).put("stage_id", firstStage(pipeline));
            }
        }
        if (before != null && values.has("stage_id")) {
            boolean moved = before.values.path("stage_id").asLong()
                    != values.path("stage_id").asLong();
            if (moved) {
                values.put(
                        "stage_change_time",
                        PipedriveTimes.seconds(parts.clock().millis()));
            }
        }
    }

    private long firstStage(long pipeline) {
        return state.shelf(PipedriveKind.STAGE).items.values().stream()
                .filter(one -> !one.deleted && one.values.path("pipeline_id").asLong() == pipeline)
                .findFirst()
                .orElseThrow(() -> PipedriveErrors.invalid("pipeline_id: it has no stage"))
                .number;
    }

    private void status(@Nullable Item before, JsonNode body, ObjectNode values) {
        String old = before == null ? "open" : before.values.path("status").asText();
        String status = body.path("status").asText(old);
        if (!STATUSES.contains(status)) {
            throw PipedriveErrors.invalid("status: must be open, won or lost");
        }
        if (body.hasNonNull("lost_reason") && !status.equals("lost")) {
            throw PipedriveErrors.invalid("lost_reason: can only be set if the deal is lost");
        }
        if (status.equals(old)) {
            return;
        }
        String now = PipedriveTimes.seconds(parts.clock().millis());
        for (String ended : new String[] {"won", "lost"}) {
            String key = ended + "_time";
            if (!status.equals(ended)) {
                values.putNull(key);
            } else if (!body.hasNonNull(key)) {
                values.put(key, now);
            }
        }
        if (status.equals("open")) {
            values.putNull("close_time").putNull("lost_reason");
        } else if (!body.hasNonNull("close_time")) {
            values.put("close_time", now);
        }
    }

    private void archive(JsonNode body, ObjectNode values) {
        if (body.has("is_archived")) {
            boolean archived = body.path("is_archived").asBoolean();
            if (!archived) {
                values.putNull("archive_time");
            } else if (!body.hasNonNull("archive_time")) {
                values.put("archive_time", PipedriveTimes.seconds(parts.clock().millis()));
            }
        }
    }
}
