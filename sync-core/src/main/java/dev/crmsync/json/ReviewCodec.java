package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.ReviewRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A review as its row, the values that it is about apart from the rest. Immutable. */
public final class ReviewCodec {
    private static final int FORMAT = 1;

    private static final String SYSTEM = "system";
    private static final String FIELD = "field";
    private static final String CANDIDATES = "candidates";
    private static final String AGREED = "agreed";
    private static final String THEIRS = "theirs";
    private static final Set<String> KEYS = Set.of(Json.FORMAT_KEY, SYSTEM, FIELD, CANDIDATES);

    private final ValueJson values = new ValueJson(Texts.IN_PLACE);

    /** Makes the codec. */
    public ReviewCodec() {}

    /**
     * Writes a review.
     *
     * @param review the review
     * @param openedAt when it was opened
     * @return its row
     */
    public ReviewRow encode(ReviewChange.Opened review, Instant openedAt) {
        ObjectNode skeleton = Json.document(FORMAT).put(SYSTEM, review.system());
        if (review.field() != null) {
            skeleton.put(FIELD, review.field());
        }
        ArrayNode candidates = skeleton.putArray(CANDIDATES);
        review.candidates().forEach(candidates::add);
        ObjectNode personal = Json.document(FORMAT);
        if (review.agreed() != null) {
            personal.set(AGREED, values.write(review.agreed()));
        }
        if (review.theirs() != null) {
            personal.set(THEIRS, values.write(review.theirs()));
        }
        boolean any = review.agreed() != null || review.theirs() != null;
        return new ReviewRow(
                review.id(),
                review.link(),
                review.reason().name(),
                openedAt,
                null,
                Json.bytes(skeleton),
                any ? Json.bytes(personal) : null);
    }

    /**
     * Reads a review.
     *
     * @param row its row
     * @return the review; without values when these were erased
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the row is damaged or of a newer version
     */
    public ReviewChange.Opened decode(ReviewRow row) {
        String what = "review " + row.id();
        JsonNode skeleton = Json.read(row.skeleton(), FORMAT, what);
        Json.onlyKeys(skeleton, KEYS, what);
        Bytes kept = row.values();
        JsonNode personal = kept == null ? Json.object() : Json.read(kept, FORMAT, what);
        List<String> candidates = new ArrayList<>();
        skeleton.path(CANDIDATES).forEach(candidate -> candidates.add(candidate.asText()));
        return new ReviewChange.Opened(
                row.id(),
                row.link(),
                skeleton.path(SYSTEM).asText(),
                Json.textOrNull(skeleton.path(FIELD)),
                Json.constant(Reason.class, row.kind()),
                value(personal.path(AGREED)),
                value(personal.path(THEIRS)),
                candidates);
    }

    private @Nullable Value value(JsonNode node) {
        return node.isMissingNode() ? null : values.readValue(node);
    }
}
