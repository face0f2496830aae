package dev.crmsync.testkit.check;

import java.util.Arrays;

/** Puts numbers in order and tells where each stands. The number 0 is always there, and the first. Not thread-safe. */
final class Ranks {
    private long[] values = new long[64];
    private long[] ranks = new long[64];
    private int size;

    void begin() {
        values[0] = 0;
        size = 1;
    }

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            ranks = new long[2 * size];
        }
        values[size++] = value;
    }

    /** Sorts them: wherever two neighbours are farther apart than a gap above 0, a new series of ranks begins. */
    void sort(long gap) {
        Arrays.sort(values, 0, size);
        int different = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || values[i] != values[different - 1]) {
                boolean jump = gap > 0 && i > 0 && values[i] - values[different - 1] > gap;
                ranks[different] =
                        i == 0 ? 0 : jump ? (ranks[different - 1] / SERIES + 1) * SERIES : ranks[different - 1] + 1;
                values[different++] = values[i];
            }
        }
        size = different;
    }

    long rank(long value) {
        return ranks[Arrays.binarySearch(values, 0, size, value)];
    }

    private static final long SERIES = 1_000_000;
}
