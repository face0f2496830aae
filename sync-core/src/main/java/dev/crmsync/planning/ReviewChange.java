package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A review that a plan opens or closes. The same question has the same id. */
public sealed interface ReviewChange {
    /**
     * The review's id.
     *
     * @return at most 64 characters
     */
    String id();

    /**
     * A question for a person.
     *
     * @param id the review's id
     * @param link the link that it holds
     * @param system the system that it is about
     * @param field the field, or null when it is about the whole record
     * @param reason why it is asked
     * @param agreed the agreed value, or null when there is none
     * @param theirs what the system holds, or null when it is not about a value
     * @param candidates the links that may be the same thing, for reviews about identity
     */
    record Opened(
            String id,
            String link,
            String system,
            @Nullable String field,
            Reason reason,
            @Nullable Value agreed,
            @Nullable Value theirs,
            List<String> candidates)
            implements ReviewChange {
        /** Copies the list. */
        public Opened {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * A question that needs no answer any more.
     *
     * @param id the review's id
     * @param link the link
     */
    record Closed(String id, String link) implements ReviewChange {}
}
