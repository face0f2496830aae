package dev.crmsync.adapter.hubspot;

import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.QuotaReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HubSpot's budgets of calls and what its answers say about them.
 *
 * @see <a href="https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines">HubSpot: usage
 *     guidelines</a>
 */
final class Limits {
    /** Calls in a rolling window of ten seconds, for each app. */
    static final String BURST = "burst";

    /** Calls a day, shared by all private apps of the account. */
    static final String DAILY = "daily";

    /** Searches a second, shared by the whole account; its answers bear no rate headers. */
    static final String SEARCH = "search";

    /** Bulk contention (423): the least that HubSpot asks for. */
    private static final Duration CONTENTION = Duration.ofSeconds(2);

    private Limits() {}

    static List<Quota> quotas(Settings settings) {
        Set<Operation> all = EnumSet.allOf(Operation.class);
        return List.of(
                new Quota(BURST, settings.callsPerTenSeconds(), Duration.ofSeconds(10), all),
                new Quota(DAILY, settings.callsPerDay(), Duration.ofDays(1), all),
                new Quota(SEARCH, 5, Duration.ofSeconds(1), Set.of(Operation.LIST_CHANGES, Operation.LIST_MEMBERS)));
    }

    /** Reads the headers of any answer, and the policy that a 429 names. */
    static List<QuotaReport> read(HttpAnswer answer) {
        @Nullable Duration blocked = answer.status() == 429 ? delay(answer).orElse(null) : null;
        String spent = answer.status() == 429 ? spent(answer) : "";
        List<QuotaReport> reports = new ArrayList<>();
        report(answer, BURST, "X-HubSpot-RateLimit-", spent, blocked).ifPresent(reports::add);
        report(answer, DAILY, "X-HubSpot-RateLimit-Daily", spent, blocked).ifPresent(reports::add);
        if (spent.equals(SEARCH)) {
            reports.add(new QuotaReport(SEARCH, -1, 0, blocked));
        }
        return reports;
    }

    private static Optional<QuotaReport> report(
            HttpAnswer answer, String key, String prefix, String spent, @Nullable Duration blocked) {
        String limit = key.equals(DAILY) ? prefix : prefix + "Max";
        String left = key.equals(DAILY) ? prefix + "-Remaining" : prefix + "Remaining";
        boolean isSpent = spent.equals(key);
        long most = answer.number(limit).orElse(-1);
        long remaining = isSpent ? 0 : answer.number(left).orElse(-1);
        return most < 0 && remaining < 0
                ? Optional.empty()
                : Optional.of(new QuotaReport(key, most, remaining, isSpent ? blocked : null));
    }

    /** Which quota a 429 is about. */
    static String spent(HttpAnswer answer) {
        String policy = policy(answer);
        if (policy.contains("DAILY")) {
            return DAILY;
        }
        return policy.contains("TEN_SECONDLY") ? BURST : answer.call().quota().orElse(BURST);
    }

    /**
     * How long to stay away: what the answer says, else what its status or policy calls for. The daily budget returns at
     * midnight of a time zone that no answer tells, so it is looked at again every quarter of an hour.
     */
    static Optional<Duration> delay(HttpAnswer answer) {
        Optional<Duration> told = answer.retryAfter();
        return switch (answer.status()) {
            case 423 ->
                Optional.of(
                        told.filter(delay -> delay.compareTo(CONTENTION) > 0).orElse(CONTENTION));
            case 429 ->
                told.or(() -> Optional.of(
                        switch (spent(answer)) {
                            case DAILY -> Duration.ofMinutes(15);
                            case SEARCH -> Duration.ofSeconds(1);
                            default ->
                                policy(answer).equals("SECONDLY") ? Duration.ofSeconds(1) : Duration.ofSeconds(10);
                        }));
            default -> told;
        };
    }

    private static String policy(HttpAnswer answer) {
        return answer.json().map(body -> body.path("policyName").asText("")).orElse("");
    }
}
