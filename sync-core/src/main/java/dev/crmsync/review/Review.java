package dev.crmsync.review;

import dev.crmsync.planning.Reason;
import dev.crmsync.spi.field.Value;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision that only a person should make. It holds its field, or the making of its record, and nothing else. Its text
 * form shows no values. Immutable.
 *
 * @param id its id
 * @param link the link that it is about
 * @param system the system that it is about
 * @param field the field, or null when it is about the whole record
 * @param reason why it is asked
 * @param openedAt since when it waits
 * @param agreed the agreed value, or null when there is none
 * @param theirs what the system holds, or for a suspicion the equal value; null when it is not about a value
 * @param candidates the links that may be the same thing; none unless it is about that
 */
public record Review(
        String id,
        String link,
        String system,
        @Nullable String field,
        Reason reason,
        Instant openedAt,
        @Nullable Value agreed,
        @Nullable Value theirs,
        List<String> candidates) {
    /** Copies the list. */
    public Review {
        candidates = List.copyOf(candidates);
    }

    /**
     * Whether it asks if links are the same thing.
     *
     * @return true when it is answered with {@link Answer#SAME} or {@link Answer#DIFFERENT}
     */
    public boolean aboutIdentity() {
        return !candidates.isEmpty();
    }

    @Override
    public String toString() {
        return "Review[" + id + ", " + reason + ", " + system + (field == null ? "" : " " + field) + "]";
    }
}
