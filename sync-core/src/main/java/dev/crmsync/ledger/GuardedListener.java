package dev.crmsync.ledger;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.Reason;
import dev.crmsync.replay.Disagreement;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws away from the engine. */
final class GuardedListener implements SyncListener {
    private static final Logger LOG = LoggerFactory.getLogger(SyncListener.class);

    private final SyncListener guarded;

    private GuardedListener(SyncListener guarded) {
        this.guarded = guarded;
    }

    static SyncListener of(SyncListener listener) {
        return listener instanceof GuardedListener ? listener : new GuardedListener(listener);
    }

    @Override
    public void received(String sync, String system, int events, int fresh) {
        guard(() -> guarded.received(sync, system, events, fresh));
    }

    @Override
    public void planned(String sync, Map<Reason, Long> reasons) {
        guard(() -> guarded.planned(sync, reasons));
    }

    @Override
    public void disagreed(String sync, Disagreement disagreement) {
        guard(() -> guarded.disagreed(sync, disagreement));
    }

    @Override
    public void read(String sync, String system, Due.Need need, String answer) {
        guard(() -> guarded.read(sync, system, need, answer));
    }

    @Override
    public void wrote(String sync, String system, Due.Need need, String outcome) {
        guard(() -> guarded.wrote(sync, system, need, outcome));
    }

    @Override
    public void deferred(String sync, String system, Duration delay, String reason) {
        guard(() -> guarded.deferred(sync, system, delay, reason));
    }

    @Override
    public void deadLetter(String sync, String system, String kind, String reason) {
        guard(() -> guarded.deadLetter(sync, system, kind, reason));
    }

    @Override
    public void paused(String sync, String system, String reason) {
        guard(() -> guarded.paused(sync, system, reason));
    }

    @Override
    public void resumed(String sync, String system) {
        guard(() -> guarded.resumed(sync, system));
    }

    @Override
    public void progress(String sync, Progress progress) {
        guard(() -> guarded.progress(sync, progress));
    }

    private static void guard(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            // The text of a foreign exception may hold anything; its kind is enough to find the fault.
            LOG.warn("a SyncListener threw {}", e.getClass().getName());
        }
    }
}
