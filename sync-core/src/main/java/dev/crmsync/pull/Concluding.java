package dev.crmsync.pull;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pull.WalkReport.Conclusion;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a complete walk: which known records it lacked, whether that means anything, and a read of each that is
 * newly absent. Kept in memory; after a restart it begins anew, and a read that is wanted twice is one read.
 */
final class Concluding {
    private static final int READS_A_STEP = 100;

    /** By then all is read that a walk has asked for. */
    private static final Duration ITS_READS = Duration.ofMinutes(10);

    /** More absences than this, and more than a share of what is known, put the listing itself in doubt. */
    private static final long MANY = 500;

    private static final double MANY_SHARE = 0.1;

    private final SyncContext context;
    private final Feed feed;
    private final WalkMemory memory;
    private final Absences absences;
    private final String system;
    private final String type;
    private @Nullable Conclusion conclusion;
    private List<String> toAsk = List.of();
    private int asked;

    Concluding(SyncContext context, Feed feed, WalkMemory memory, Absences absences, String system, String type) {
        this.context = context;
        this.feed = feed;
        this.memory = memory;
        this.absences = absences;
        this.system = system;
        this.type = type;
    }

    /** Whether all links have been looked at, so that it can be judged what was not listed. */
    boolean looked() {
        return absences.ended();
    }

    Step look() {
        return new Step.Went(absences.step());
    }

    /** Asks for some of the reads, or ends the walk when all of them are asked for. */
    Step step(WalkState state, Lane lane, @Nullable Fence fence) {
        Conclusion reached = conclusion;
        if (reached == null) {
            reached = judge(state);
            conclusion = reached;
        }
        return asked < toAsk.size() ? ask(lane, fence) : finish(state, reached, fence);
    }

    private Conclusion judge(WalkState state) {
        if (absences.listed() == 0 && absences.known() > 0 && !Listings.listsSome(context, system, type)) {
            return Conclusion.EMPTY;
        }
        // The first walk of all is compared with what was pushed before it; one that answers another question is not.
        boolean otherQuestion = memory.base()
                .map(base -> !base.fingerprint().equals(state.fingerprint()))
                .orElse(false);
        if (otherQuestion) {
            return Conclusion.BASELINE;
        }
        DigestSet lacked = memory.lacked();
        List<String> newly = absences.absent().stream()
                .filter(id -> !lacked.contains(id) || wasThereSince(id))
                .toList();
        if (newly.size() > Math.max(MANY, MANY_SHARE * absences.known())) {
            return Conclusion.TOO_MANY;
        }
        toAsk = newly;
        return Conclusion.PROVED;
    }

    /**
     * Whether a record that the last walk lacked as well was found to be there since, and not only by the read that the last walk
     * asked for: it may have gone for good now, as one that came back in between, or was made while that walk went on.
     */
    private boolean wasThereSince(String record) {
        return memory.base()
                .map(WalkMemory.Base::at)
                .filter(at -> absences.readAfter(record, at.plus(ITS_READS)))
                .isPresent();
    }

    private Step ask(Lane lane, @Nullable Fence fence) {
        int to = Math.min(toAsk.size(), asked + READS_A_STEP);
        AsOf now = AsOf.at(context.now());
        List<ChangeEvent> gaps = toAsk.subList(asked, to).stream()
                .map(id -> ChangeEvent.of(new RecordRef(system, type, id), ChangeKind.GAP, now, Evidence.LISTING))
                .toList();
        if (!feed.takes(gaps, lane, fence)) {
            return Feed.overtaken();
        }
        asked = to;
        return new Step.Went(gaps.size());
    }

    private Step finish(WalkState state, Conclusion reached, @Nullable Fence fence) {
        boolean measures = reached == Conclusion.PROVED || reached == Conclusion.BASELINE;
        List<String> absent = absences.absent();
        WalkState finished = state.finished(reached, absences.listed(), absent.size(), asked);
        return memory.finish(finished, measures ? absent : null, fence)
                ? new Step.Ended(finished.report(system, type))
                : Feed.overtaken();
    }
}
