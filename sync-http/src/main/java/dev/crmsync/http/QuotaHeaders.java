package dev.crmsync.http;

import dev.crmsync.spi.adapter.QuotaReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the headers of an answer say about the calls that are left. Thread-safe.
 */
@FunctionalInterface
public interface QuotaHeaders {
    /**
     * Reads an answer's headers. It is asked for every answer, also for those that did not succeed.
     *
     * @param answer the answer
     * @return what they say, empty when they say nothing
     */
    List<QuotaReport> read(HttpAnswer answer);

    /**
     * One limit, about the quota that the call named ({@link HttpCall#spending}), with how long to stay away when the
     * answer is 429.
     *
     * @param limit the header with the calls of a full window
     * @param remaining the header with the calls left
     * @return a reader of these headers
     */
    static QuotaHeaders named(String limit, String remaining) {
        return answer -> answer.call()
                .quota()
                .map(key -> report(
                        answer,
                        key,
                        answer.number(limit).orElse(-1),
                        answer.number(remaining).orElse(-1)))
                .orElse(List.of());
    }

    private static List<QuotaReport> report(HttpAnswer answer, String key, long limit, long remaining) {
        @Nullable Duration blocked = answer.status() == 429 ? answer.retryAfter().orElse(null) : null;
        boolean silent = limit < 0 && remaining < 0 && blocked == null;
        return silent ? List.of() : List.of(new QuotaReport(key, limit, remaining, blocked));
    }
}
