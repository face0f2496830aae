package dev.crmsync.store.jdbc;

import dev.crmsync.spi.store.Lane;

/** Lanes as the numbers that stand in the tables: fixed for ever, and growing from the best to the worst. */
final class Lanes {
    private Lanes() {}

    static int code(Lane lane) {
        return switch (lane) {
            case LIVE -> 0;
            case RETRY -> 1;
            case BACKFILL -> 2;
            case HELD -> 3;
        };
    }

    static Lane of(int code) {
        return switch (code) {
            case 0 -> Lane.LIVE;
            case 1 -> Lane.RETRY;
            case 2 -> Lane.BACKFILL;
            case 3 -> Lane.HELD;
            default -> throw new IllegalStateException("the table of due work knows no lane " + code);
        };
    }
}
