package dev.crmsync.segments;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Successors;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.PacedCalls;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.model.RecordRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out who is in a segment, and which contacts these are at the target. */
final class Members {
    private final Ledger ledger;
    private final SyncContext context;
    private final Segment segment;

    Members(Ledger ledger, Segment segment) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.segment = segment;
    }

    /**
     * Who is in a segment.
     *
     * @param links the links of its members that have a contact at the target
     * @param listed how many members it has
     * @param unlinked how many of them have no contact at the target as yet
     * @param complete whether the vendor vouches that nobody was left out; an empty segment vouches for nothing
     */
    record Listing(TreeSet<String> links, long listed, long unlinked, boolean complete) {}

    Listing list(ListsSegments lister, PacedCalls calls) {
        Set<RecordRef> all = new HashSet<>();
        TreeSet<String> links = new TreeSet<>();
        long unlinked = 0;
        boolean complete = true;
        @Nullable String cursor = null;
        do {
            String from = cursor;
            ListsSegments.Members page =
                    calls.call(segment.system(), Operation.LIST_MEMBERS, () -> lister.members(segment.segment(), from));
            Set<RecordRef> fresh = new TreeSet<>(page.records());
            fresh.removeAll(all);
            all.addAll(fresh);
            Map<RecordRef, String> owners = context.store().linkIds(context.sync(), fresh);
            SortedMap<String, RecordRef> here = atTarget(owners.values());
            links.addAll(here.keySet());
            unlinked += fresh.size()
                    - owners.values().stream().filter(here::containsKey).count();
            complete &= page.complete();
            // A cursor that stands still would be walked for ever, and proves nothing.
            boolean stuck = page.next() != null && page.next().equals(from);
            complete &= !stuck;
            cursor = stuck ? null : page.next();
        } while (cursor != null);
        return new Listing(links, all.size(), unlinked, complete && !all.isEmpty());
    }

    /** The contacts at the target of links, or of those that stand for them today; none of those that are gone there. */
    SortedMap<String, RecordRef> atTarget(Collection<String> links) {
        Map<String, LinkState> known = new HashMap<>(ledger.load(links));
        SortedMap<String, RecordRef> here = new TreeMap<>();
        for (String id : links) {
            LinkState link = Successors.of(
                    id,
                    wanted -> known.computeIfAbsent(
                            wanted, missing -> ledger.load(Set.of(missing)).get(missing)));
            if (link != null) {
                Side side = link.side(segment.target());
                RecordRef ref = link.ref(segment.target());
                boolean there = side.presence() == Presence.PRESENT || side.presence() == Presence.MENTIONED;
                if (ref != null && there && !link.erased()) {
                    here.put(link.id(), ref);
                }
            }
        }
        return here;
    }
}
