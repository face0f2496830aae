package dev.crmsync.adapter.kirim;

import dev.crmsync.http.QuotaHeaders;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Kirim's budgets of calls: one bucket for reads and one for writes, shared by the whole organisation.
 *
 * @see <a href="https://developers.kirim.chat/concepts/rate-limits/">Kirim: rate limits</a>
 */
final class Limits {
    /** GET and HEAD. */
    static final String READ = "read";

    /** POST, PUT, PATCH and DELETE. */
    static final String WRITE = "write";

    /** Told by successes and refusals alike; {@code X-RateLimit-Reset} tells when the bucket is full, which nobody needs. */
    static final QuotaHeaders HEADERS = QuotaHeaders.named("X-RateLimit-Limit", "X-RateLimit-Remaining");

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Limits() {}

    /**
     * Set-up, subscriptions and the directory of labels do both, so they count twice: rather too slow than refused. A conversation
     * that is looked for in the listing costs more reads than one; what Kirim then says of its bucket puts that right.
     */
    static List<Quota> quotas(Settings settings) {
        return List.of(
                new Quota(
                        READ,
                        settings.readsPerMinute(),
                        MINUTE,
                        Set.of(Operation.READ_ONE, Operation.LIST_ALL, Operation.ADMIN)),
                new Quota(
                        WRITE,
                        settings.writesPerMinute(),
                        MINUTE,
                        Set.of(Operation.WRITE_ONE, Operation.TAG_MANY, Operation.ADMIN)));
    }
}
