package dev.crmsync.segments;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.PacedCalls;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.safety.Budget;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.TagsMany;
import dev.crmsync.spi.store.Lane;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The segments of a sync's systems, and the labels that mirror them. Thread-safe. */
public final class Segments {
    private final Ledger ledger;
    private final SyncContext context;
    private final Map<String, Pacer> pacers;
    private final Budget budget;
    private final Sleeper sleeper;
    private final PacedCalls calls;
    private final Map<Segment, Tagging> taggings = new ConcurrentHashMap<>();

    /**
     * The segments of a sync.
     *
     * @param ledger knows the links
     * @param pacers the pacer of each system
     * @param budget how many contacts may get or lose a label without approval
     * @param sleeper lets time pass while a vendor asks to be left alone
     */
    public Segments(Ledger ledger, Map<String, Pacer> pacers, Budget budget, Sleeper sleeper) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.pacers = Map.copyOf(pacers);
        this.budget = budget;
        this.sleeper = sleeper;
        this.calls = new PacedCalls(pacers, sleeper, Lane.BACKFILL, () -> {});
    }

    /**
     * The segments that a system keeps.
     *
     * @param system the system
     * @return its segments, by id and name
     * @throws SyncException of kind CONFIGURATION when it keeps none that can be listed
     */
    public List<ListsSegments.Segment> at(String system) {
        if (!(context.adapter(system) instanceof ListsSegments lister)) {
            throw SyncException.configuration("system " + system + " keeps no segments that can be listed")
                    .inSystem(system);
        }
        return calls.call(system, Operation.ADMIN, lister::segments);
    }

    /**
     * The labels that a system keeps.
     *
     * @param system the system
     * @return its labels, by id and name
     * @throws SyncException of kind CONFIGURATION when it keeps none that contacts can be given in batches
     */
    public List<TagsMany.Tag> labelsAt(String system) {
        if (!(context.adapter(system) instanceof TagsMany tagger)) {
            throw SyncException.configuration("system " + system + " cannot label contacts in batches")
                    .inSystem(system);
        }
        return calls.call(system, Operation.ADMIN, tagger::tags);
    }

    /**
     * Mirrors a segment as a label.
     *
     * @param segment the segment and its label
     * @return what does it, when told to; the same for the same segment
     * @throws SyncException of kind CONFIGURATION when the systems cannot do it
     */
    public Tagging tagging(Segment segment) {
        return taggings.computeIfAbsent(
                segment,
                fresh -> new Tagging(
                        ledger,
                        fresh,
                        pacers,
                        budget,
                        sleeper,
                        "segments/" + context.ids().get()));
    }
}
