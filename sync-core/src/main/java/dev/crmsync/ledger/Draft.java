package dev.crmsync.ledger;

import dev.crmsync.identity.Situation;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** The working copy of the links that one posting touches. Not thread-safe; of no use after its script has returned. */
public final class Draft {
    Draft() {}

    /** The rules. @return the rules */
    public Rules rules() { throw new UnsupportedOperationException(); }

    /** The engine's time. @return now */
    public Instant now() { throw new UnsupportedOperationException(); }

    /** A link. @param id its id @return its state as planned so far, or empty when there is none */
    public Optional<LinkState> link(String id) { throw new UnsupportedOperationException(); }

    /** The owner of a record. @param ref the record @return the link that holds it as planned so far */
    public Optional<String> owner(RecordRef ref) { throw new UnsupportedOperationException(); }

    /** The bearers of matches. @param type the record type @param matches the matches @return the links that bear each */
    public Map<Situation.Match, List<String>> bearers(String type, SortedSet<Situation.Match> matches) { throw new UnsupportedOperationException(); }

    /** Identifies and plans an event. @param event the event @return the link that holds its record now, or empty when none does */
    public Optional<String> observe(ChangeEvent event) { throw new UnsupportedOperationException(); }

    /** Plans one input. @param links the links that it touches @param input makes it @return the plan */
    public Plan plan(Collection<String> links, InputMaker input) { throw new UnsupportedOperationException(); }

    /** Gives back a claim; what is still due stays due in the same lane. @param claimed the claimed row */
    public void release(DueRow claimed) { throw new UnsupportedOperationException(); }

    /** Gives back a claim; what is still due waits. @param claimed the claimed row @param lane its lane from now on @param attempts its attempts from now on @param until the earliest time */
    public void postpone(DueRow claimed, Lane lane, int attempts, Instant until) { throw new UnsupportedOperationException(); }

    /** Gives back a claim and drops what is due. @param claimed the claimed row */
    public void drop(DueRow claimed) { throw new UnsupportedOperationException(); }

    /** Further things to commit with the links: inbox rows done, dead letters, cursors. @return the builder */
    public Unit.Builder unit() { throw new UnsupportedOperationException(); }
}
