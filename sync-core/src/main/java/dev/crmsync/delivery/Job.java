package dev.crmsync.delivery;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.store.DueRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One claimed row while it is being worked on: by one thread at a time. */
final class Job {
    final DueRow row;
    LinkState link;

    /** The write that this job has begun, or took over to repeat. */
    @Nullable InFlight sending;

    @Nullable Read read;

    /** Whether it was looked whether the record that is to be made is there already. */
    boolean looked;

    @Nullable Outcome outcome;

    @Nullable Back back;

    /** How long the system asked to be left alone when the last call failed. */
    Duration asked = Duration.ZERO;

    /** Whether what became of the write leaves in doubt that the records are there which it refers to. */
    boolean doubtsParents;

    boolean open = true;

    /** Whether the last commit has left the claim with this job, because there is more to do at once. */
    boolean kept;

    Job(DueRow row, LinkState link) {
        this.row = row;
        this.link = link;
    }

    /**
     * Why and until when the row is put back.
     *
     * @param until when it is tried again
     * @param failed whether this counts as an attempt
     * @param reason why
     */
    record Back(Instant until, boolean failed, String reason) {}

    String system() {
        return row.system();
    }

    Side side() {
        return link.side(row.system());
    }

    /** What is due for this row as the link stands, or null when nothing is. */
    @Nullable Due due(Rules rules) {
        return Planner.due(link, rules).stream()
                .filter(work -> work.system().equals(row.system()))
                .findFirst()
                .orElse(null);
    }

    /** Whether the write in flight is the one that this job has begun. */
    boolean began() {
        InFlight flight = side().inFlight();
        return sending != null && flight != null && flight.seq() == sending.seq();
    }

    Outcome answered() {
        return Objects.requireNonNull(outcome, "outcome");
    }

    void putBack(Instant until, boolean failed, String reason) {
        back = new Back(until, failed, reason);
    }
}
