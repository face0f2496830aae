package dev.crmsync.store.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets transactions that write come one after another where the database needs that, however many stores of this process have
 * it open. Thread-safe.
 */
final class Writers {
    private static final Map<String, Lock> TURNS = new ConcurrentHashMap<>();

    private final @Nullable Lock turn;

    private Writers(@Nullable Lock turn) {
        this.turn = turn;
    }

    /** Writers of one file take turns; without a file they may write at once. */
    static Writers of(@Nullable String file) {
        return new Writers(file == null ? null : TURNS.computeIfAbsent(file, fresh -> new ReentrantLock(true)));
    }

    <T> T inTurn(Supplier<T> work) {
        if (turn == null) {
            return work.get();
        }
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }
}
