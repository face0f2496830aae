package dev.crmsync.engine;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What runs the engine's steps and turns, and what runs calls of adapters; and which of these are the engine's own. */
record Threads(Executor turns, Executor calls, List<ExecutorService> own) {
    /** Daemon threads, so many as are needed; what is parallel is bounded by whoever hands out work. */
    static Threads of(@Nullable Executor calls) {
        ExecutorService turns = Executors.newCachedThreadPool(factory("crm-sync-turn-"));
        if (calls != null) {
            return new Threads(turns, calls, List.of(turns));
        }
        ExecutorService made = Executors.newCachedThreadPool(factory("crm-sync-call-"));
        return new Threads(turns, made, List.of(turns, made));
    }

    /** The thread that asks does the work. */
    static Threads none(@Nullable Executor calls) {
        return new Threads(Runnable::run, calls == null ? Runnable::run : calls, List.of());
    }

    private static ThreadFactory factory(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    void shutdown() {
        own.forEach(ExecutorService::shutdown);
    }
}
