package dev.crmsync.sandbox.dials;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Repeatable chance in named streams: the n-th draw of a stream depends on the seed, its name and n only, so that
 * one kind of chance does not disturb another. Thread-safe.
 */
public final class Seeded {
    private final long seed;
    private final Map<String, AtomicLong> drawn = new ConcurrentHashMap<>();

    /** Chance from a seed. */
    public Seeded(long seed) {
        this.seed = seed;
    }

    /** The next number of a stream, from 0 inclusive to 1 exclusive. */
    public double next(String stream) {
        return (bits(stream, count(stream)) >>> 11) * 0x1.0p-53;
    }

    /** Whether something of this probability happens; never draws for 0, so that closed dials change nothing. */
    public boolean happens(String stream, double probability) {
        return probability > 0 && next(stream) < probability;
    }

    /** The 64 bits that belong to a place in a stream, without drawing. */
    public long bits(String stream, long index) {
        return mix(mix(seed ^ mix(hash(stream))) + index * 0x9E3779B97F4A7C15L);
    }

    /** Starts every stream anew. */
    public void rewind() {
        drawn.clear();
    }

    private long count(String stream) {
        return drawn.computeIfAbsent(stream, s -> new AtomicLong()).getAndIncrement();
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
