package dev.crmsync.ledger;

import dev.crmsync.identity.Situation;
import dev.crmsync.json.IdentityCodec;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Composition;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Told;
import dev.crmsync.spi.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one draft appends to the identity logs of its links. */
final class IdentityLogs {
    private final IdentityCodec codec = new IdentityCodec();
    private final List<JournalEntry> entries = new ArrayList<>();
    private final Instant at;

    IdentityLogs(Instant at) {
        this.at = at;
    }

    /** Changes that were planned by themselves. */
    void changed(
            LinkState before,
            LinkState after,
            List<IdentityChange> changes,
            @Nullable Situation situation,
            @Nullable Cause cause) {
        append(before, after, changes, situation, cause);
    }

    /** What another input has brought about. */
    void told(LinkState before, LinkState after, Input input, Plan plan) {
        List<IdentityChange> changes = Told.of(before, after, input, plan.decisions());
        if (changes.isEmpty()) {
            return;
        }
        if (after.erased()) {
            // What was written down of it in this draft is as much of its past as what is stored.
            entries.removeIf(entry -> entry.link().equals(after.id()));
        }
        append(before, after, changes, null, Cause.of(input));
    }

    private void append(
            LinkState before,
            LinkState after,
            List<IdentityChange> changes,
            @Nullable Situation situation,
            @Nullable Cause cause) {
        boolean untold = before.seq() == 0 || after.erased();
        entries.add(codec.encode(
                new IdentityStep(
                        after.id(),
                        after.seq(),
                        at,
                        changes,
                        cause,
                        untold ? null : Composition.of(before),
                        Composition.of(after)),
                situation));
    }

    List<JournalEntry> entries() {
        return entries;
    }
}
