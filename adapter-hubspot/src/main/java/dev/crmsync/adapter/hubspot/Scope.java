package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a kind are followed: of tickets those of one pipeline, whose stages the mapping knows.
 *
 * @param pipeline the pipeline's id, or null when all objects are followed
 */
record Scope(@Nullable String pipeline) {
    static final String PIPELINE = "hs_pipeline";
    static final Scope ALL = new Scope(null);

    /** Whether an object is followed; one that does not tell its pipeline is. */
    boolean contains(JsonNode row) {
        String own = row.path("properties").path(PIPELINE).asText("");
        return pipeline == null || own.isEmpty() || own.equals("null") || own.equals(pipeline);
    }

    List<JsonNode> within(JsonNode rows) {
        List<JsonNode> own = new ArrayList<>();
        rows.forEach(row -> {
            if (contains(row)) {
                own.add(row);
            }
        });
        return own;
    }
}
