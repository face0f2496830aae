package dev.crmsync.sandbox.webhook;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Things that become due at a time, taken in that order. Thread-safe. */
public final class DueQueue<T> {
    /** An injected clock may jump, so nobody waits longer than this before looking at it again. */
    private static final long LOOK_AGAIN_MS = 25;

    private final InstantSource clock;
    private final PriorityQueue<Waiting<T>> waiting = new PriorityQueue<>(
            Comparator.<Waiting<T>>comparingLong(Waiting::dueMs).thenComparingLong(Waiting::order));
    private long order;
    private int taken;

    private record Waiting<T>(T item, long dueMs, long order) {}

    /** An empty queue on this clock. */
    public DueQueue(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds a thing. */
    public synchronized void add(T item, long dueMs) {
        waiting.add(new Waiting<>(item, dueMs, order++));
        notifyAll();
    }

    /** Waits until something is due and takes at most so many; they count as busy until {@link #done}. */
    public List<T> take(int most) throws InterruptedException {
        return take(most, () -> 0);
    }

    /**
     * Like {@link #take(int)}, but once something is due lets more gather for so many milliseconds, or until there is
     * enough. Gathering is measured by the machine's time, so that it ends under a clock that stands still.
     */
    public synchronized List<T> take(int most, LongSupplier gatherMs) throws InterruptedException {
        while (true) {
            Waiting<T> first = waiting.peek();
            long now = clock.millis();
            if (first == null) {
                wait();
            } else if (first.dueMs > now) {
                wait(Math.min(first.dueMs - now, LOOK_AGAIN_MS));
            } else if (gather(most, gatherMs.getAsLong())) {
                return takeDue(clock.millis(), most);
            }
        }
    }

    /** Whether there is still something due after gathering. */
    private boolean gather(int most, long gatherMs) throws InterruptedException {
        long end = System.nanoTime() + gatherMs * 1_000_000;
        long left = gatherMs;
        while (left > 0 && due() < most) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return due() > 0;
    }

    private long due() {
        long now = clock.millis();
        return waiting.stream().filter(w -> w.dueMs <= now).count();
    }

    private List<T> takeDue(long now, int most) {
        List<T> items = new ArrayList<>();
        Waiting<T> first = waiting.peek();
        while (first != null && first.dueMs <= now && items.size() < most) {
            items.add(first.item);
            waiting.poll();
            first = waiting.peek();
        }
        taken += items.size();
        return items;
    }

    /** Things taken before are dealt with. */
    public synchronized void done(int count) {
        taken -= count;
        notifyAll();
    }

    /** Makes waiting things due now. */
    public synchronized void hasten(Predicate<T> which) {
        long now = clock.millis();
        List<Waiting<T>> all = new ArrayList<>(waiting);
        waiting.clear();
        for (Waiting<T> w : all) {
            waiting.add(which.test(w.item) ? new Waiting<>(w.item, Math.min(now, w.dueMs), w.order) : w);
        }
        notifyAll();
    }

    /** Removes waiting things. */
    public synchronized void removeIf(Predicate<T> which) {
        waiting.removeIf(w -> which.test(w.item));
        notifyAll();
    }

    /** Waiting and busy. */
    public synchronized int size() {
        return waiting.size() + taken;
    }

    /** Whether anything is busy, or waiting and wanted by the caller. */
    public synchronized boolean any(Predicate<T> which) {
        return taken > 0 || waiting.stream().anyMatch(w -> which.test(w.item));
    }

    /** What waits, in order, mapped for a snapshot. */
    public synchronized List<T> waiting(UnaryOperator<T> copy) {
        return waiting.stream()
                .sorted(Comparator.comparingLong(Waiting::order))
                .map(w -> copy.apply(w.item))
                .toList();
    }

    /** Forgets what waits. */
    public synchronized void clear() {
        waiting.clear();
        notifyAll();
    }
}
