package dev.crmsync.sandbox.webhook;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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
        return take(most, 0);
    }

    /** Like {@link #take(int)}, but lets what is due gather for so many milliseconds, or until there is enough. */
    public synchronized List<T> take(int most, long gatherMs) throws InterruptedException {
        while (true) {
            Waiting<T> first = waiting.peek();
            long now = clock.millis();
            if (first == null) {
                wait();
            } else if (first.dueMs + gatherMs > now && !enough(now, most, gatherMs)) {
                wait(Math.max(1, Math.min(first.dueMs + gatherMs - now, LOOK_AGAIN_MS)));
            } else {
                return takeDue(now, most);
            }
        }
    }

    private boolean enough(long now, int most, long gatherMs) {
        return gatherMs > 0
                && waiting.size() >= most
                && waiting.stream().filter(w -> w.dueMs <= now).count() >= most;
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
