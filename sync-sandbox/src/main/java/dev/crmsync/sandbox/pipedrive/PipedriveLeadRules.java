package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What leads take: custom fields stand beside the others, and are those of deals. Guarded by the stand-in's lock. */
final class PipedriveLeadRules implements PipedriveRules {
    private final PipedriveState state;
    private final PipedriveReferences references;
    private final PipedriveCustoms customs;

    PipedriveLeadRules(PipedriveState state, PipedriveReferences references, PipedriveCustoms customs) {
        this.state = state;
        this.references = references;
        this.customs = customs;
    }

    @Override
    public ObjectNode accept(@Nullable Item before, JsonNode body, PipedriveOrigin origin) {
        ObjectNode own = body.isObject() ? body.deepCopy() : Json.object();
        ObjectNode others = Json.object();
        List<String> codes = new ArrayList<>();
        own.fieldNames().forEachRemaining(codes::add);
        codes.stream().filter(code -> customs.knows(PipedriveKind.LEAD, code)).forEach(code -> {
            others.set(code, own.path(code));
            own.remove(code);
        });
        keys(before == null).check(own);
        if (before == null && own.path("title").asText("").isBlank()) {
            throw PipedriveErrors.invalid("title: is required");
        }
        boolean leaves =
                own.path("is_archived").isBoolean() && !own.path("is_archived").asBoolean();
        if (before != null && before.archived() && !leaves) {
            throw PipedriveErrors.of(400, "An archived lead cannot be edited", "");
        }
        check(before, own);
        ObjectNode values = Json.object();
        if (before == null) {
            values.put("owner_id", origin.userId())
                    .put("creator_id", origin.userId())
                    .put("visible_to", "3")
                    .put("is_archived", false)
                    .put("was_seen", false)
                    .put("source_name", "API")
                    .put("origin", "API")
                    .set("label_ids", Json.array());
        }
        values.setAll(own);
        values.set("custom_fields", customs.accept(PipedriveKind.LEAD, others));
        return values;
    }

    private void check(@Nullable Item before, ObjectNode own) {
        references.needUser(own, "owner_id");
        references.needVisibility(own);
        references.needRecord(own, "person_id", PipedriveKind.PERSON);
        for (JsonNode label : own.path("label_ids")) {
            if (!state.leadLabels.containsKey(label.asText())) {
                throw PipedriveErrors.invalid("label_ids: there is no label " + label.asText());
            }
        }
        if (own.hasNonNull("value")
                && !(own.path("value").path("amount").isNumber()
                        && own.path("value").path("currency").isTextual())) {
            throw PipedriveErrors.invalid("value: must have an amount and a currency");
        }
        JsonNode old = before == null ? Json.object() : before.values;
        if (!held(own, old, "person_id") && !held(own, old, "organization_id")) {
            throw PipedriveErrors.invalid("A lead must be linked to a person or an organization");
        }
    }

    private static boolean held(JsonNode own, JsonNode old, String key) {
        return own.has(key) ? own.hasNonNull(key) : old.hasNonNull(key);
    }

    private static PipedriveBody keys(boolean fresh) {
        PipedriveBody keys = new PipedriveBody()
                .with(PipedriveType.TEXT, "title", "visible_to")
                .with(PipedriveType.WHOLE, "owner_id")
                .with(PipedriveType.TEXTS, "label_ids")
                .clearable(PipedriveType.WHOLE, "person_id", "organization_id", "channel")
                .clearable(PipedriveType.OBJECT, "value")
                .clearable(PipedriveType.DATE, "expected_close_date")
                .clearable(PipedriveType.TEXT, "channel_id")
                .with(PipedriveType.FLAG, "was_seen");
        return fresh ? keys.clearable(PipedriveType.TEXT, "origin_id") : keys.with(PipedriveType.FLAG, "is_archived");
    }
}
