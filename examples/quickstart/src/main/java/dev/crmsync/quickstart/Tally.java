package dev.crmsync.quickstart;

import dev.crmsync.ledger.Progress;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what the engine does, and draws its progress. */
final class Tally implements SyncListener {
    final LongAdder events = new LongAdder();
    final LongAdder repeated = new LongAdder();
    final LongAdder reads = new LongAdder();
    final LongAdder deferred = new LongAdder();
    private final Map<String, Long> writes = new TreeMap<>();
    private final Map<Reason, Long> reasons = new TreeMap<>();
    private final ProgressBar bar;

    Tally(ProgressBar bar) {
        this.bar = bar;
    }

    @Override
    public void received(String sync, String system, int count, int fresh) {
        events.add(count);
        repeated.add(count - fresh);
    }

    @Override
    public synchronized void planned(String sync, Map<Reason, Long> decided) {
        decided.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    }

    @Override
    public void read(String sync, String system, Due.Need need, String answer) {
        reads.increment();
    }

    @Override
    public synchronized void wrote(String sync, String system, Due.Need need, String outcome) {
        writes.merge(system + " " + need.name().toLowerCase(Locale.ROOT) + " " + outcome, 1L, Long::sum);
    }

    @Override
    public void deferred(String sync, String system, Duration delay, String reason) {
        deferred.increment();
    }

    @Override
    public void progress(String sync, Progress progress) {
        bar.show(
                progress.phase() + name(progress.system()),
                progress.done(),
                progress.total(),
                progress.perSecond(),
                progress.left());
    }

    private static String name(@Nullable String system) {
        return system == null ? "" : " " + system;
    }

    synchronized Map<String, Long> writes() {
        return new TreeMap<>(writes);
    }

    /** How many writes were sent, whatever came of them. */
    synchronized long written() {
        return writes.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized Map<Reason, Long> reasons() {
        return new TreeMap<>(reasons);
    }

    synchronized long echoes() {
        return reasons.getOrDefault(Reason.ECHO, 0L)
                + reasons.getOrDefault(Reason.ECHO_RENDERED, 0L)
                + reasons.getOrDefault(Reason.UNCHANGED, 0L);
    }
}
