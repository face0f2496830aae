package dev.crmsync.pacing;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.QuotaListener;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says how soon one system may be called again. It never goes faster than the declared quotas, unless the vendor itself
 * reports a higher limit; it believes the vendor when that reports fewer calls left, and makes no call while the vendor
 * asks to be left alone. A fifth of each burst is kept for {@link Lane#LIVE}, so that a backfill never delays what a
 * person has just done. It never waits itself: it says for how long to wait.
 *
 * <p>Quotas are counted in memory: another engine on the same account, or a restart within a window, is noticed only
 * through the vendor's reports. Thread-safe.
 */
public final class Pacer implements QuotaListener {
    private static final long NANOS_A_MILLI = 1_000_000L;

    private final PacingClock clock;
    private final Map<String, Allowance> allowances = new LinkedHashMap<>();
    private long blockedUntil = Long.MIN_VALUE;

    private Pacer(List<Quota> quotas, InstantSource clock) {
        this.clock = new PacingClock(clock);
        for (Quota quota : quotas) {
            if (allowances.put(quota.key(), new Allowance(quota, this.clock)) != null) {
                throw SyncException.configuration("the adapter declares quota '" + quota.key()
                                + "' twice; give each quota a key of its own")
                        .about(quota.key());
            }
        }
    }

    /**
     * A pacer for the quotas that an adapter declares.
     *
     * @param declaration the declaration
     * @param clock the engine's clock
     * @return the pacer, with every quota unspent
     * @throws SyncException of kind CONFIGURATION when two quotas share a key
     */
    public static Pacer of(Declaration declaration, InstantSource clock) {
        return of(declaration.quotas(), clock);
    }

    /**
     * A pacer for these quotas.
     *
     * @param quotas the quotas; an operation that none of them names is not paced
     * @param clock the engine's clock
     * @return the pacer, with every quota unspent
     * @throws SyncException of kind CONFIGURATION when two quotas share a key
     */
    public static Pacer of(List<Quota> quotas, InstantSource clock) {
        return new Pacer(quotas, clock);
    }

    /**
     * Spends one call of the live lane, if there is room for it in every quota.
     *
     * @param operation the kind of call
     * @return zero when the call may be made now, and is spent; otherwise how long to wait, in whole milliseconds above 0,
     *     and nothing is spent
     */
    public Duration acquire(Operation operation) {
        return acquire(operation, Lane.LIVE);
    }

    /**
     * Spends one call, if there is room for it in every quota. Only {@link Lane#LIVE} may touch the reserve.
     *
     * @param operation the kind of call
     * @param lane on whose behalf
     * @return zero when the call may be made now, and is spent; otherwise how long to wait, in whole milliseconds above 0,
     *     and nothing is spent
     */
    public synchronized Duration acquire(Operation operation, Lane lane) {
        long wait = nanosBlocked();
        for (Allowance allowance : allowances.values()) {
            if (allowance.covers(operation)) {
                wait = Math.max(wait, allowance.nanosToWait(operation, lane != Lane.LIVE));
            }
        }
        if (wait > 0) {
            return Duration.ofMillis((wait + NANOS_A_MILLI - 1) / NANOS_A_MILLI);
        }
        for (Allowance allowance : allowances.values()) {
            if (allowance.covers(operation)) {
                allowance.spend(operation);
            }
        }
        return Duration.ZERO;
    }

    /**
     * Takes what a vendor's answer said. A time to stay away that names no declared quota stops the whole system.
     *
     * @param report what the answer said
     */
    @Override
    public synchronized void report(QuotaReport report) {
        Allowance named = allowances.get(report.quotaKey());
        if (named != null) {
            named.report(report);
        } else if (report.blockedFor() != null) {
            block(report.blockedFor());
        }
    }

    /**
     * Makes no call of any kind for a while.
     *
     * @param time how long from now, not negative
     */
    public synchronized void block(Duration time) {
        blockedUntil = Math.max(blockedUntil, clock.currentTimeNanos() + time.toNanos());
    }

    /**
     * Makes no call for a while that spends from a quota that one kind of call spends from: which of its quotas the vendor
     * meant is not known. A kind that no quota names stops the whole system.
     *
     * @param operation the kind of call that the vendor refused
     * @param time how long from now, not negative
     */
    public synchronized void block(Operation operation, Duration time) {
        boolean named = false;
        for (Allowance allowance : allowances.values()) {
            if (allowance.covers(operation)) {
                allowance.block(time);
                named = true;
            }
        }
        if (!named) {
            block(time);
        }
    }

    /**
     * How many calls the live lane may make at once.
     *
     * @param operation the kind of call
     * @return 0 or more; {@link Long#MAX_VALUE} when nothing limits it
     */
    public long availableNow(Operation operation) {
        return availableNow(operation, Lane.LIVE);
    }

    /**
     * How many calls a lane may make at once.
     *
     * @param operation the kind of call
     * @param lane on whose behalf
     * @return 0 or more; {@link Long#MAX_VALUE} when nothing limits it
     */
    public synchronized long availableNow(Operation operation, Lane lane) {
        long available = nanosBlocked() > 0 ? 0 : Long.MAX_VALUE;
        for (Allowance allowance : allowances.values()) {
            if (allowance.covers(operation)) {
                available = Math.min(available, allowance.available(operation, lane != Lane.LIVE));
            }
        }
        return available;
    }

    /**
     * How long a number of calls takes from now on in {@link Lane#BACKFILL}, when nobody else calls.
     *
     * @param operation the kind of call
     * @param calls how many, 0 or more
     * @return the time until the last of them may be made
     */
    public Duration estimate(Operation operation, long calls) {
        return estimate(Map.of(operation, calls));
    }

    /**
     * How long calls of several kinds take together from now on in {@link Lane#BACKFILL}, when nobody else calls. Kinds
     * that spend from the same quota add up there.
     *
     * @param calls how many of each kind, 0 or more
     * @return the time until the last of them may be made
     */
    public synchronized Duration estimate(Map<Operation, Long> calls) {
        Duration longest = Duration.ZERO;
        for (Allowance allowance : allowances.values()) {
            long spent = calls.entrySet().stream()
                    .filter(entry -> allowance.covers(entry.getKey()))
                    .mapToLong(entry -> allowance.spending(entry.getKey(), entry.getValue()))
                    .sum();
            if (spent > 0) {
                Duration time = allowance.estimate(spent, true);
                longest = time.compareTo(longest) > 0 ? time : longest;
            }
        }
        return longest.plusNanos(nanosBlocked());
    }

    private long nanosBlocked() {
        return blockedUntil == Long.MIN_VALUE ? 0 : Math.max(0, blockedUntil - clock.currentTimeNanos());
    }
}
