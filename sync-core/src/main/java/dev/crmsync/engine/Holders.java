package dev.crmsync.engine;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Successors;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the link that held a record at a moment: the one that holds it today, or one of those from which it has come there since,
 * by a joining, a merge, or a person's word.
 */
final class Holders {
    private final Ledger ledger;
    private final PastReader reader;

    Holders(Ledger ledger, PastReader reader) {
        this.ledger = ledger;
        this.reader = reader;
    }

    /** What the search has come across. */
    private static final class Found {
        final List<Past> pasts = new ArrayList<>();
        final List<String> erased = new ArrayList<>();
    }

    /** The link that held the record, or the erased one that it was a part of. */
    String of(RecordRef ref, String today, Instant at) {
        Found found = new Found();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(today));
        while (!open.isEmpty()) {
            String id = open.remove();
            if (!seen.add(id)) {
                continue;
            }
            if (isErased(id)) {
                found.erased.add(id);
                continue;
            }
            Past past = reader.past(id, at).orElse(null);
            if (past == null) {
                continue;
            }
            if (past.composition()
                    .filter(composition -> composition.refs().contains(ref))
                    .isPresent()) {
                return id;
            }
            found.pasts.add(past);
            open.addAll(cameFrom(past, ref));
        }
        return found.erased.stream().findFirst().orElseThrow(() -> nobody(ref, at, found.pasts));
    }

    private boolean isErased(String id) {
        var stands = Successors.of(id, known -> reader.link(known).orElse(null));
        return stands != null && stands.erased();
    }

    private static Set<String> cameFrom(Past past, RecordRef ref) {
        String link = past.link().id();
        Set<String> from = new HashSet<>();
        for (IdentityStep step : past.later()) {
            for (IdentityChange change : step.changes()) {
                if (change instanceof IdentityChange.Joined joined
                        && joined.into().equals(link)) {
                    from.add(joined.from());
                } else if (change instanceof IdentityChange.Merged merged
                        && merged.into().equals(link)) {
                    from.add(merged.from());
                } else if (change instanceof IdentityChange.Split split
                        && split.own().equals(link)
                        && split.ref().equals(ref)) {
                    from.add(split.link());
                } else if (change instanceof IdentityChange.Unlinked unlinked
                        && unlinked.own().equals(link)
                        && unlinked.ref().equals(ref)) {
                    from.add(unlinked.link());
                }
            }
        }
        return from;
    }

    private SyncException nobody(RecordRef ref, Instant at, List<Past> pasts) {
        boolean kept = pasts.stream()
                .allMatch(past ->
                        past.composition().isPresent() || past.beganLater().isPresent());
        String known = firstHeld(ref, pasts)
                .map(step -> "; link " + step.link() + " held it from " + step.at() + " on: "
                        + IdentityWording.of(new Veil(ledger).over(step)))
                .orElse("");
        String what = kept
                ? "no link of sync " + ledger.context().sync() + " held the record " + ref + " at " + at + known
                : "which link of sync " + ledger.context().sync() + " held the record " + ref + " at " + at
                        + " is not kept: identity logs are whole from " + reader.reach() + " on" + known;
        return SyncException.of(Kind.NOT_FOUND, what).inSystem(ref.system()).about(ref.toString());
    }

    private static Optional<IdentityStep> firstHeld(RecordRef ref, List<Past> pasts) {
        return pasts.stream()
                .flatMap(past -> past.later().stream())
                .filter(step -> step.after() != null && step.after().refs().contains(ref))
                .filter(step -> step.before() == null || !step.before().refs().contains(ref))
                .min(Comparator.comparing(IdentityStep::at));
    }
}
