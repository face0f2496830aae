package dev.crmsync.pacing;

import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.QuotaReport;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;

/**
 * What one quota still allows. Of the N calls of a window a burst of B may be made at once and the rest, N + 1 - B, flow
 * in evenly over the window: so no window, wherever it begins, ever sees more than N calls. Used under the pacer's lock.
 */
final class Allowance {
    /** Windows up to this long are spent evenly; of longer ones, such as a day's, half may go at once. */
    private static final Duration SHORT = Duration.ofMinutes(1);

    private static final int SHORT_BURST_SHARE = 10;
    private static final int LONG_BURST_SHARE = 2;

    /** One call in so many of a burst is kept for the live lane. */
    private static final int RESERVE_SHARE = 5;

    private final Quota quota;
    private final PacingClock clock;
    private final Bucket bucket;
    private long limit;
    private long blockedUntil = Long.MIN_VALUE;

    Allowance(Quota quota, PacingClock clock) {
        this.quota = quota;
        this.clock = clock;
        this.limit = quota.calls();
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(clock)
                .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                .addLimit(bandwidth())
                .build();
    }

    boolean covers(Operation operation) {
        return quota.operations().contains(operation);
    }

    /** Nanoseconds until one call may be made that leaves the reserve alone or not; 0 when it may be made now. */
    long nanosToWait(Operation operation, boolean sparesReserve) {
        EstimationProbe probe = bucket.estimateAbilityToConsume(cost(operation) + (sparesReserve ? reserve() : 0));
        long blocked = nanosBlocked();
        // The probe rounds down, so that it may refuse and still say that there is nothing to wait for.
        return probe.canBeConsumed() ? blocked : Math.max(blocked, Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** A call that costs more than ever is in the bucket takes all that a lane without the reserve may take. */
    private long cost(Operation operation) {
        return Math.min(quota.cost(operation), Math.max(1, burst() - reserve()));
    }

    void spend(Operation operation) {
        if (!bucket.tryConsume(cost(operation))) {
            throw new IllegalStateException("quota " + quota.key() + " is spent: ask for the wait first");
        }
    }

    long available(Operation operation, boolean sparesReserve) {
        long left = bucket.getAvailableTokens() - (sparesReserve ? reserve() : 0);
        return nanosBlocked() > 0 ? 0 : Math.max(0, left / cost(operation));
    }

    /** What so many calls of a kind spend together. */
    long spending(Operation operation, long calls) {
        return Math.multiplyExact(cost(operation), calls);
    }

    Duration estimate(long spent, boolean sparesReserve) {
        long left = Math.max(0, bucket.getAvailableTokens() - (sparesReserve ? reserve() : 0));
        double missing = Math.max(0, spent - left);
        double nanos = Math.ceil(missing * quota.window().toNanos() / refill()) + nanosBlocked();
        return nanos >= Long.MAX_VALUE ? Duration.ofNanos(Long.MAX_VALUE) : Duration.ofNanos((long) nanos);
    }

    void report(QuotaReport report) {
        if (report.limit() > 0 && report.limit() != limit) {
            limit = report.limit();
            bucket.replaceConfiguration(
                    BucketConfiguration.builder().addLimit(bandwidth()).build(), TokensInheritanceStrategy.AS_IS);
        }
        long surplus = report.remaining() < 0 ? 0 : bucket.getAvailableTokens() - report.remaining();
        if (surplus > 0) {
            bucket.tryConsumeAsMuchAsPossible(surplus);
        }
        if (report.blockedFor() != null) {
            block(report.blockedFor());
        }
    }

    void block(Duration time) {
        blockedUntil = Math.max(blockedUntil, clock.currentTimeNanos() + time.toNanos());
    }

    private long nanosBlocked() {
        return blockedUntil == Long.MIN_VALUE ? 0 : Math.max(0, blockedUntil - clock.currentTimeNanos());
    }

    /** At least two where two are granted, so that there is one to keep for the live lane. */
    private long burst() {
        int share = quota.window().compareTo(SHORT) <= 0 ? SHORT_BURST_SHARE : LONG_BURST_SHARE;
        return Math.max(Math.min(2, limit), limit / share);
    }

    private long refill() {
        return limit + 1 - burst();
    }

    private long reserve() {
        return burst() < 2 ? 0 : Math.max(1, burst() / RESERVE_SHARE);
    }

    private Bandwidth bandwidth() {
        return Bandwidth.builder()
                .capacity(burst())
                .refillGreedy(refill(), quota.window())
                .build();
    }
}
