package dev.crmsync.spi.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The interval, on one vendor's own clock, in which a value was true. A point is closed; a longer interval is half
 * open, {@code [from, to)}. Disjoint intervals of the same system are ordered, overlapping ones are not; intervals of
 * different systems are never compared without a declared skew.
 *
 * @param from when the value was already true
 * @param to until when it is known to have been true, not before {@code from}
 */
public record AsOf(Instant from, Instant to) {
    /** How two intervals of one clock lie to each other. */
    public enum Order {
        /** This one ends before the other begins. */
        BEFORE,
        /** They overlap: neither is known to be the later one. */
        UNORDERED,
        /** This one begins after the other ends. */
        AFTER
    }

    /** Refuses an interval that ends before it begins. */
    public AsOf {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("an as-of interval may not end before it begins");
        }
    }

    /**
     * A property event: true at one instant.
     *
     * @param occurred when the vendor says that it happened
     * @return the point
     */
    public static AsOf at(Instant occurred) {
        return new AsOf(occurred, occurred);
    }

    /**
     * A full read: true from the record's own time until it was read. When clocks disagree so far that the read seems
     * to lie before the record's time, the interval is the record's time alone.
     *
     * @param recordTime the record's time of last change
     * @param read when it was read, on the vendor's clock where the answer tells it
     * @return the interval
     */
    public static AsOf read(Instant recordTime, Instant read) {
        return new AsOf(recordTime, read.isBefore(recordTime) ? recordTime : read);
    }

    /**
     * A time that the vendor floors to a whole unit.
     *
     * @param floored the floored time
     * @param grain the length of the unit
     * @return the whole unit
     */
    public static AsOf coarse(Instant floored, Duration grain) {
        Instant from = grain.compareTo(Duration.ofMinutes(1)) == 0 ? floored.truncatedTo(ChronoUnit.MINUTES) : floored;
        return new AsOf(from, from.plus(grain));
    }

    /**
     * Compares two intervals of the same clock.
     *
     * @param other the other interval
     * @return whether this one lies before or after the other, or overlaps it
     */
    public Order compare(AsOf other) {
        if (endsBefore(this, other)) {
            return Order.BEFORE;
        }
        return endsBefore(other, this) ? Order.AFTER : Order.UNORDERED;
    }

    private static boolean endsBefore(AsOf a, AsOf b) {
        int order = a.to.compareTo(b.from);
        boolean halfOpen = a.from.isBefore(a.to);
        return order < 0 || (order == 0 && halfOpen);
    }
}
