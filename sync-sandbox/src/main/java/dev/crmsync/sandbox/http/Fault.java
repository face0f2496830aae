package dev.crmsync.sandbox.http;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with the next fitting requests.
 *
 * @param kind what goes wrong
 * @param count how many requests it still meets
 * @param method only requests with this method; null for any
 * @param path only requests whose path contains this; null for any
 * @param retryAfter seconds for a Retry-After header; null leaves the header out
 * @param status another status than the kind's own; null for its own
 * @param millis how long a slow answer takes; null for the dial
 */
public record Fault(
        Kind kind,
        int count,
        @Nullable String method,
        @Nullable String path,
        @Nullable Integer retryAfter,
        @Nullable Integer status,
        @Nullable Integer millis) {

    /** What can go wrong. The request takes effect only with LOST_ANSWER, CUT_ANSWER and SLOW. */
    public enum Kind {
        /** 429 in the vendor's words. */
        RATE_LIMITED,
        /** 5xx in the vendor's words. */
        SERVER_ERROR,
        /** The connection closes before anything is done. */
        RESET,
        /** A gateway's HTML in place of JSON. */
        HTML,
        /** The request takes effect, then the connection closes without an answer. */
        LOST_ANSWER,
        /** The request takes effect, then the answer breaks off half way. */
        CUT_ANSWER,
        /** The request takes effect, slowly. */
        SLOW,
        /** 401 in the vendor's words. */
        UNAUTHORIZED,
        /** HubSpot's 423: the records are locked for a while. */
        LOCKED,
        /** HubSpot's 477: the account is being moved. */
        MIGRATING,
        /** Notion's 529: the service is overloaded. */
        OVERLOADED,
        /** Notion's 409: the save met another one; nothing is done. */
        CONFLICT,
        /** Notion's edge: 403 with a page that is not JSON. */
        BLOCKED;

        /** What can happen at every vendor; the others are answered by a vendor's desk. */
        public static Set<Kind> common() {
            return EnumSet.range(RATE_LIMITED, UNAUTHORIZED);
        }

        /** As dials and JSON write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind that is written so; throws IllegalArgumentException that lists them. */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("No fault is called " + word + "; there are: "
                    + String.join(
                            ", ",
                            java.util.Arrays.stream(values()).map(Kind::word).toList()));
        }
    }

    boolean fits(Request request) {
        return (method == null || method.equalsIgnoreCase(request.method()))
                && (path == null || request.path().contains(path));
    }

    Fault less() {
        return new Fault(kind, count - 1, method, path, retryAfter, status, millis);
    }
}
