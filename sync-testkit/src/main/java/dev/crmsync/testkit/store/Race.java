package dev.crmsync.testkit.store;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Real threads that begin together, half of them on each view of the store. */
final class Race {
    static final int RUNNERS = 6;

    /** What one thread does. */
    interface Runner<T> {
        T run(Store store, int number) throws Exception;
    }

    private Race() {}

    static <T> List<T> run(Bench bench, Runner<T> runner) throws Exception {
        CyclicBarrier start = new CyclicBarrier(RUNNERS);
        ExecutorService threads = Executors.newFixedThreadPool(RUNNERS);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < RUNNERS; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return runner.run(number % 2 == 0 ? bench.store : bench.other, number);
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : running) {
                answers.add(answer(one));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T answer(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Calls again while the store says that trying again may help. */
    static <T> T insist(Callable<T> call) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return call.call();
            } catch (SyncException e) {
                if (e.kind() != SyncException.Kind.TRANSIENT || tries == 100) {
                    throw e;
                }
            }
        }
    }
}
