package dev.crmsync.adapter.pipedrive;

import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.QuotaReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pipedrive's budgets of calls and what its answers say about them.
 *
 * <p>Each call costs tokens of a budget that the whole company shares, and that comes back at midnight of a clock that no answer
 * tells. Who goes on calling against 429 is shut out by a firewall, whose page is no JSON: it is better to wait too long.
 *
 * @see <a href="https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting">Pipedrive: rate limiting</a>
 */
final class Limits {
    /** Calls in a rolling window of two seconds, for each token. */
    static final String BURST = "burst";

    /** Searches in the same window, on every plan. */
    static final String SEARCH = "search";

    /** The tokens of a day. */
    static final String TOKENS = "tokens";

    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration LONGEST_BURST = Duration.ofMinutes(1);

    /** Nothing told whether the burst or the day's budget is spent: between the two. */
    private static final Duration UNTOLD = Duration.ofMinutes(1);

    private static final Duration DAY_SPENT = Duration.ofMinutes(15);

    /** How long the firewall shuts out is not documented. */
    private static final Duration BANNED = Duration.ofMinutes(10);

    private Limits() {}

    static List<Quota> quotas(Settings settings) {
        Set<Operation> all = EnumSet.allOf(Operation.class);
        return List.of(
                new Quota(BURST, settings.callsPerTwoSeconds(), WINDOW, all),
                new Quota(SEARCH, 10, WINDOW, Set.of(Operation.FIND)),
                Tokens.quota(settings));
    }

    /** Reads the headers of any answer. */
    static List<QuotaReport> read(HttpAnswer answer) {
        String key = answer.call().quota().orElse(BURST);
        List<QuotaReport> reports = new ArrayList<>();
        @Nullable Duration blocked = delay(answer).orElse(null);
        if (blocked != null && (banned(answer) || spent(answer).equals(TOKENS))) {
            reports.add(new QuotaReport(TOKENS, -1, -1, blocked));
        }
        long limit = answer.number("x-ratelimit-limit").orElse(-1);
        long remaining = answer.number("x-ratelimit-remaining").orElse(-1);
        boolean ofBurst = blocked != null && reports.isEmpty();
        if (limit >= 0 || remaining >= 0 || ofBurst) {
            reports.add(new QuotaReport(key, limit, ofBurst ? 0 : remaining, ofBurst ? blocked : null));
        }
        return reports;
    }

    /** Whether this is the firewall's page for those who pass over limits, and not Pipedrive's own word. */
    static boolean banned(HttpAnswer answer) {
        return answer.status() == 403 && answer.json().isEmpty();
    }

    /** Whether Pipedrive put the call off without looking at it. */
    static boolean putOff(HttpAnswer answer) {
        return answer.status() == 429 || banned(answer);
    }

    /** Which quota a 429 is about: while the burst has room left, it is the day's budget. */
    static String spent(HttpAnswer answer) {
        boolean dayTold = answer.number("x-daily-requests-left").orElse(-1) == 0;
        boolean room = answer.number("x-ratelimit-remaining").orElse(0) > 0;
        return dayTold || room || banned(answer)
                ? TOKENS
                : answer.call().quota().orElse(BURST);
    }

    /** How long to stay away: what the answer says, else what it is about. */
    static Optional<Duration> delay(HttpAnswer answer) {
        Optional<Duration> told = answer.retryAfter();
        if (banned(answer)) {
            return Optional.of(told.filter(time -> time.compareTo(BANNED) > 0).orElse(BANNED));
        } else if (answer.status() != 429 || told.isPresent()) {
            return told;
        }
        return Optional.of(spent(answer).equals(TOKENS) ? DAY_SPENT : burst(answer));
    }

    private static Duration burst(HttpAnswer answer) {
        OptionalLong reset = answer.number("x-ratelimit-reset");
        if (reset.isEmpty()) {
            return answer.number("x-ratelimit-remaining").isPresent() ? WINDOW : UNTOLD;
        }
        Duration until = Duration.ofSeconds(Math.min(reset.getAsLong(), LONGEST_BURST.toSeconds()));
        return until.compareTo(WINDOW) < 0 ? WINDOW : until;
    }
}
