package dev.crmsync.sandbox.admin;

import java.util.function.BooleanSupplier;

/** Waits in short looks until something holds. */
public final class Waiting {
    private Waiting() {}

    /** Whether it came to hold within so many milliseconds. */
    public static boolean until(long millis, BooleanSupplier holds) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
