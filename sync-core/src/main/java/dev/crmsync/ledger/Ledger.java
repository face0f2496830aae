package dev.crmsync.ledger;

import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one way in which inputs reach links. Thread-safe. */
public final class Ledger {
    private final SyncContext context;

    /** A ledger. @param context the sync */
    public Ledger(SyncContext context) { this.context = context; }

    /** The sync. @return its context */
    public SyncContext context() { return context; }

    /** Loads links (document decoded; version = seq). @param links ids; unknown ones are left out @return them by id */
    public Map<String, LinkState> load(Collection<String> links) { throw new UnsupportedOperationException(); }

    /** Identifies, plans and commits events in their order; poison becomes a dead letter by itself. @param arrivals the events @param lane the lane of work that becomes due @param fence the lease, or null @return what became of them */
    public Observation observe(List<Arrival> arrivals, Lane lane, @Nullable Fence fence) { throw new UnsupportedOperationException(); }

    /** Plans and commits one input for one link. @param link the link @param lane the lane of work that becomes due @param input makes it @return what became of it */
    public Posted plan(String link, Lane lane, InputMaker input) { throw new UnsupportedOperationException(); }

    /** Runs and commits postings; many in one transaction. @param postings the postings @param fence the lease, or null @return what became of each, in order */
    public List<Posted> post(List<Posting> postings, @Nullable Fence fence) { throw new UnsupportedOperationException(); }
}
