package dev.crmsync.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * The virtual world: its only clock, what is yet to happen, and the trace of what has happened. Everything that happens
 * takes a tick, so that any two things are ordered.
 */
final class World implements InstantSource {
    static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");

    private final PriorityQueue<Planned> agenda = new PriorityQueue<>();
    private final StringBuilder trace = new StringBuilder();
    private Instant now = BEGIN;
    private long ticks;
    private long order;

    private record Planned(Instant time, long order, Runnable deed) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = time.compareTo(other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    long tick() {
        return ++ticks;
    }

    void at(Instant time, Runnable deed) {
        agenda.add(new Planned(time.isBefore(now) ? now : time, order++, deed));
    }

    boolean idle() {
        return agenda.isEmpty();
    }

    /** When the next thing happens that is not the engine's doing; far away when nothing will. */
    Instant next() {
        Planned first = agenda.peek();
        return first == null ? Instant.MAX : first.time();
    }

    /** Time passes, and what is to happen meanwhile happens. */
    void pass(Duration time) {
        passUntil(now.plus(time));
    }

    void passUntil(Instant target) {
        while (!next().isAfter(target)) {
            Planned deed = agenda.remove();
            now = now.isAfter(deed.time()) ? now : deed.time();
            deed.deed().run();
        }
        now = now.isAfter(target) ? now : target;
    }

    void tell(String line) {
        trace.append(Duration.between(BEGIN, now).toMillis())
                .append(' ')
                .append(line)
                .append('\n');
    }

    String trace() {
        return trace.toString();
    }
}
