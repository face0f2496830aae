package dev.crmsync.store.jdbc;

import java.time.Instant;

/** Instants as microseconds since the epoch, in UTC: their order is that of the numbers, in every database. */
final class Micros {
    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    /** Cuts what is finer than a microsecond; what lies beyond the numbers becomes the outermost number. */
    static long of(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano() / 1_000);
        } catch (ArithmeticException beyond) {
            return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    static Instant at(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000L);
    }
}
