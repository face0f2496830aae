package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.pipedrive.PipedriveState.User;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What records refer to must be there: users, records, labels, stages. Guarded by the stand-in's lock. */
final class PipedriveReferences {
    private static final Set<Long> VISIBLE = Set.of(1L, 3L, 5L, 7L);

    private final PipedriveState state;
    private final PipedriveFields fields;

    PipedriveReferences(PipedriveState state, PipedriveFields fields) {
        this.state = state;
        this.fields = fields;
    }

    /** A record that is there; null when there is none, or it was deleted. */
    @Nullable Item record(PipedriveKind kind, String id) {
        Item item = any(kind, id);
        return item == null || item.deleted ? null : item;
    }

    /** A record, deleted or not, or null. */
    @Nullable Item any(PipedriveKind kind, String id) {
        if (kind == PipedriveKind.LEAD) {
            return state.shelf(kind).items.values().stream()
                    .filter(one -> one.id.equals(id))
                    .findFirst()
                    .orElse(null);
        }
        try {
            return state.shelf(kind).items.get(Long.parseLong(id));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Refuses the id of a record that is not there; a missing value or null refers to nothing. */
    void needRecord(JsonNode body, String key, PipedriveKind kind) {
        JsonNode id = body.path(key);
        if (body.hasNonNull(key) && record(kind, id.asText()) == null) {
            throw PipedriveErrors.invalid(key + ": there is no " + kind.word() + " " + id.asText());
        }
    }

    void needUser(JsonNode body, String key) {
        if (body.hasNonNull(key)) {
            User user = state.users.get(body.path(key).asLong());
            if (user == null || !user.active) {
                throw PipedriveErrors.invalid(
                        key + ": there is no active user " + body.path(key).asText());
            }
        }
    }

    void needVisibility(JsonNode body) {
        if (body.hasNonNull("visible_to")
                && !VISIBLE.contains(body.path("visible_to").asLong())) {
            throw PipedriveErrors.invalid("visible_to: must be 1, 3, 5 or 7");
        }
    }

    void needLabels(JsonNode body, PipedriveKind kind) {
        Field labels = fields.labels(kind);
        for (JsonNode id : body.path("label_ids")) {
            if (labels.option(id.asLong()) == null) {
                throw PipedriveErrors.invalid("label_ids: there is no label " + id.asText());
            }
        }
    }
}
