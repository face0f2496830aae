package dev.crmsync.sandbox.kirim;

import dev.crmsync.sandbox.dials.Seeded;

/**
 * Ids of a prefix and 26 Crockford characters. They follow from the seed and a counter, so that runs repeat, and they
 * sort by nothing, because Kirim says not to.
 */
final class KirimIds {
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Seeded seeded;
    private final KirimState state;

    KirimIds(Seeded seeded, KirimState state) {
        this.seeded = seeded;
        this.state = state;
    }

    /** The next id of a prefix such as {@code ctc}. */
    String next(String prefix) {
        return prefix + "_" + word(prefix, state.minted++, 26, CROCKFORD);
    }

    /** The next webhook secret. */
    String secret() {
        return "whsec_" + word("whsec", state.minted++, 32, BASE64URL);
    }

    /** An id that is always the same for a seed. */
    static String fixed(Seeded seeded, String prefix) {
        return prefix + "_" + word(seeded, prefix + " fixed", 0, 26, CROCKFORD);
    }

    /** The 26 characters of a numbered id that no state needs to remember. */
    static String word(Seeded seeded, String stream, long index) {
        return word(seeded, stream, index, 26, CROCKFORD);
    }

    /** The organisation's API key. */
    static String apiKey(Seeded seeded) {
        return "kdv_live_" + word(seeded, "api key", 0, 24, BASE64URL);
    }

    /** A phone number id in Meta's form. */
    static String phoneId(Seeded seeded, int number) {
        return "1" + String.format("%014d", Math.floorMod(seeded.bits("phone id", number), 100_000_000_000_000L));
    }

    private String word(String stream, long index, int length, String alphabet) {
        return word(seeded, stream, index, length, alphabet);
    }

    private static String word(Seeded seeded, String stream, long index, int length, String alphabet) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            long bits = seeded.bits(stream, index * 64 + i);
            word.append(alphabet.charAt((int) Math.floorMod(bits, (long) alphabet.length())));
        }
        return word.toString();
    }
}
