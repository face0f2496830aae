package dev.crmsync.engine;

import dev.crmsync.json.IdentityCodec;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads identity logs out of the journal, a page at a time and no further than it must. */
final class PastReader {
    private static final int PAGE = 200;

    private final Ledger ledger;
    private final SyncContext context;
    private final Reach reach;
    private final IdentityCodec codec = new IdentityCodec();

    PastReader(Ledger ledger, Reach reach) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.reach = reach;
    }

    Instant reach() {
        return reach.since();
    }

    Optional<LinkState> link(String id) {
        return Optional.ofNullable(ledger.load(List.of(id)).get(id));
    }

    /** The link is read before its log: a step that is taken meanwhile is read then, and tells what was before it. */
    Optional<Past> past(String id, Instant at) {
        return link(id).map(link -> {
            List<IdentityStep> later = new ArrayList<>();
            List<IdentityStep> earlier = new ArrayList<>();
            List<IdentityStep> came = new ArrayList<>();
            walk(id, step -> {
                boolean since = step.at().isAfter(at) && earlier.isEmpty();
                (since ? later : earlier).add(step);
                if (!since && !Objects.equals(step.before(), step.after())) {
                    came.add(step);
                }
                return came.isEmpty();
            });
            // After the log: what was forgotten while it was read counts as forgotten.
            return new Past(link, at, reach(), first(earlier), first(came), later);
        });
    }

    private static @Nullable IdentityStep first(List<IdentityStep> steps) {
        return steps.isEmpty() ? null : steps.get(0);
    }

    /** The steps of a link, newest first, as long as they are wanted. */
    void walk(String id, Predicate<IdentityStep> goesOn) {
        long before = Long.MAX_VALUE;
        int limit = PAGE;
        while (true) {
            List<JournalEntry> page = context.store().journal(context.sync(), id, before, limit);
            boolean more = page.size() == limit;
            long cut = more ? page.get(page.size() - 1).seq() : Long.MIN_VALUE;
            // Of the lowest number there may be more than the page holds.
            List<JournalEntry> whole =
                    page.stream().filter(entry -> entry.seq() > cut).toList();
            for (IdentityStep step : steps(whole)) {
                if (!goesOn.test(step)) {
                    return;
                }
            }
            if (!more) {
                return;
            }
            limit = whole.isEmpty() ? limit * 2 : PAGE;
            before = whole.isEmpty() ? before : cut + 1;
        }
    }

    /** Entries of one number stand in the order of their commit, and these are wanted from the end. */
    private List<IdentityStep> steps(List<JournalEntry> newestFirst) {
        List<IdentityStep> steps = new ArrayList<>();
        List<IdentityStep> together = new ArrayList<>();
        for (JournalEntry entry : newestFirst) {
            if (entry.kind().equals(IdentityCodec.IDENTITY)) {
                if (!together.isEmpty() && together.get(0).seq() != entry.seq()) {
                    Collections.reverse(together);
                    steps.addAll(together);
                    together.clear();
                }
                together.add(codec.decode(entry));
            }
        }
        Collections.reverse(together);
        steps.addAll(together);
        return steps;
    }
}
