package dev.crmsync.adapter.notion;

import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.QuotaReport;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Notion's budget of calls and what its answers say about it. No answer tells what is left; one that puts us off says for how
 * long, of the connection's own budget, of the workspace's, or because the service is overloaded.
 *
 * @see <a href="https://developers.notion.com/reference/request-limits">Notion: request limits</a>
 */
final class Limits {
    /** The calls of this connection. */
    static final String CONNECTION = "connection";

    /** The calls of a minute are granted in so many parts, so that a burst stays small: older editions count by the second. */
    private static final long PARTS = 20;

    private static final int OVERLOADED = 529;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private Limits() {}

    static Quota quota(Settings settings) {
        Map<Operation, Long> costs = new EnumMap<>(Operation.class);
        // A list is read before it is written; what a look-up found is read before it is believed.
        costs.put(Operation.WRITE_ONE, 2L);
        costs.put(Operation.FIND, 2L);
        long minute = settings.callsPerMinute();
        return minute >= PARTS * 2
                ? new Quota(CONNECTION, minute / PARTS, WINDOW.dividedBy(PARTS), EnumSet.allOf(Operation.class), costs)
                : new Quota(CONNECTION, Math.max(2, minute), WINDOW, EnumSet.allOf(Operation.class), costs);
    }

    /** Reads what any answer says. */
    static List<QuotaReport> read(HttpAnswer answer) {
        return putOff(answer)
                ? List.of(new QuotaReport(CONNECTION, -1, 0, answer.retryAfter().orElse(null)))
                : List.of();
    }

    /** Whether the call was put off by somebody who did not look at it. */
    static boolean putOff(HttpAnswer answer) {
        return answer.status() == 429 || answer.status() == OVERLOADED || shutOut(answer);
    }

    /** Whether this is the page of the edge before Notion, which no credential helps against. */
    private static boolean shutOut(HttpAnswer answer) {
        return answer.status() == 403
                && answer.json().isEmpty()
                && answer.header("x-notion-request-id").isEmpty();
    }
}
