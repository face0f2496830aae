package dev.crmsync.engine;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Ids of 26 characters that sort by time and that nobody else makes: 48 bits of milliseconds and 80 bits of chance. Two of
 * them fit into the id of a review.
 */
final class Ids implements Supplier<String> {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int CHANCE_DIGITS = 16;
    private static final int BITS = 5;
    private static final int MASK = 31;

    private final InstantSource clock;
    private final SecureRandom chance = new SecureRandom();

    Ids(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String get() {
        char[] id = new char[TIME_DIGITS + CHANCE_DIGITS];
        long time = clock.millis();
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            id[i] = DIGITS[(int) (time & MASK)];
            time >>>= BITS;
        }
        byte[] bytes = new byte[CHANCE_DIGITS];
        chance.nextBytes(bytes);
        for (int i = 0; i < CHANCE_DIGITS; i++) {
            id[TIME_DIGITS + i] = DIGITS[bytes[i] & MASK];
        }
        return new String(id);
    }
}
