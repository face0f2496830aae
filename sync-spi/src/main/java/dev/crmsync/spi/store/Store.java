package dev.crmsync.spi.store;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything that the engine knows: links as opaque documents, and beside them references, due work, inbox,
 * journal, reviews, dead letters, cursors and leases. Every key begins with the name of the sync. Thread-safe, and safe
 * for several engines on one store.
 *
 * <p>What {@link #commit} and {@link #accept} acknowledge survives the death of the process. Methods throw {@link
 * dev.crmsync.spi.SyncException} of kind TRANSIENT when trying again may help (lost connection, lock time-out), and
 * PERMANENT when it cannot; in both cases nothing of the call was kept.
 */
public interface Store extends AutoCloseable {

    // Links

    /**
     * Loads links by id.
     *
     * @param sync the sync
     * @param ids link ids; unknown ones are left out of the answer
     * @return the rows, in no order
     */
    List<LinkRow> links(String sync, Collection<String> ids);

    /**
     * Walks all links of a sync in the order of their ids.
     *
     * @param sync the sync
     * @param after the last id of the page before, or null to begin
     * @param limit the most rows to return, above 0
     * @return the rows; fewer than the limit at the end of the walk
     */
    List<LinkRow> walkLinks(String sync, @Nullable String after, int limit);

    /**
     * Finds the links that hold records.
     *
     * @param sync the sync
     * @param refs the records
     * @return the link id of each record that belongs to a link
     */
    Map<RecordRef, String> linkIds(String sync, Collection<RecordRef> refs);

    /**
     * Finds the links that bear match keys.
     *
     * @param sync the sync
     * @param keys the keys
     * @return for each key that is known the ids of the links that bear it, sorted
     */
    Map<MatchKey, List<String>> matches(String sync, Collection<MatchKey> keys);

    /**
     * Counts the links of a sync.
     *
     * @param sync the sync
     * @return the number, tombstones included
     */
    long countLinks(String sync);

    // Commit

    /**
     * Commits units of work in one transaction. Each unit takes effect wholly or not at all: it wins when every link in
     * it still has its expected version and every reference that it adds is free, else it loses and leaves no trace.
     * Units do not see each other's losers, and are applied in the order given; the links of a batch are locked in the
     * order of their ids, so that commits cannot block each other in a ring.
     *
     * @param sync the sync
     * @param units the units; no link is in two of them
     * @param fence the lease under which the work was done, or null; when it is no longer held, every unit loses
     * @return for each unit, in order, whether it won
     */
    List<Boolean> commit(String sync, List<Unit> units, @Nullable Fence fence);

    // Inbox

    /**
     * Stores events that have arrived, each as one row, in one transaction. An event whose (system, dedupe key) was
     * accepted before, processed or not, is passed over.
     *
     * @param sync the sync
     * @param events the events
     * @return how many of them are new
     */
    int accept(String sync, List<InboxEvent> events);

    /**
     * Reads events that wait in a shard, oldest first. The caller holds the shard's lease.
     *
     * @param sync the sync
     * @param shard the shard, 0 or more
     * @param limit the most rows to return
     * @return the rows
     */
    List<InboxRow> pending(String sync, int shard, int limit);

    /**
     * Tells which shards have events that wait.
     *
     * @param sync the sync
     * @return the shards, sorted
     */
    List<Integer> pendingShards(String sync);

    /**
     * Counts the events that wait.
     *
     * @param sync the sync
     * @return 0 or more
     */
    long countPending(String sync);

    // Due work

    /**
     * Tells whose turn it is: the (system, lane) pairs with work that {@link #claim} would hand out at this time, best
     * lane first, and within a lane the one that was served longest ago first.
     *
     * @param syncs the syncs that the caller serves
     * @param now the time
     * @param limit the most turns to return
     * @return the turns
     */
    List<Turn> turns(Collection<String> syncs, Instant now, int limit);

    /**
     * Claims due work of one turn: rows whose time has come, that wait for no other link, and that nobody holds a live
     * claim on, this owner included; the oldest first. Two callers never get the same row. The turn counts as served.
     *
     * @param turn whose work
     * @param now the time
     * @param limit the most rows to claim
     * @param owner who claims
     * @param until when the claim lapses
     * @return the claimed rows
     */
    List<DueRow> claim(Turn turn, Instant now, int limit, String owner, Instant until);

    /**
     * Claims the due work of one link at one system out of turn, whatever its time and whether or not it waits, unless
     * somebody holds a live claim or it is in {@link Lane#HELD}.
     *
     * @param sync the sync
     * @param link the link
     * @param system the system
     * @param now the time
     * @param owner who claims
     * @param until when the claim lapses
     * @return the row, or empty when there is none or it is claimed
     */
    Optional<DueRow> claimOne(String sync, String link, String system, Instant now, String owner, Instant until);

    /**
     * Walks due work in the order of (link, system).
     *
     * @param sync the sync
     * @param lanes the lanes to walk
     * @param after the last row of the page before, or null to begin
     * @param limit the most rows to return
     * @return the rows
     */
    List<DueRow> walkDue(String sync, Set<Lane> lanes, @Nullable DueRow after, int limit);

    /**
     * Moves all work of one lane to another.
     *
     * @param sync the sync
     * @param from the lane to empty
     * @param to the lane to fill
     * @return how many rows moved
     */
    int moveLane(String sync, Lane from, Lane to);

    /**
     * Counts due work.
     *
     * @param sync the sync
     * @return one count for each system and lane that has any
     */
    List<DueCount> countDue(String sync);

    /**
     * The earliest time at which unclaimed due work, or the lapse of a claim, comes up. Work that waits for another link
     * comes up when it is woken and does not count.
     *
     * @param sync the sync
     * @return the time, or empty when nothing will come up in any lane but {@link Lane#HELD}
     */
    Optional<Instant> nextDue(String sync);

    // Journal

    /**
     * Reads the journal of a link, newest first.
     *
     * @param sync the sync
     * @param link the link
     * @param before only entries of a lower sequence number, or Long.MAX_VALUE for the newest
     * @param limit the most entries to return
     * @return the entries; those of one sequence number stay in the order in which they were committed
     */
    List<JournalEntry> journal(String sync, String link, long before, int limit);

    // Reviews and dead letters

    /**
     * Loads a review.
     *
     * @param sync the sync
     * @param id the review
     * @return the row, or empty when there is none
     */
    Optional<ReviewRow> review(String sync, String id);

    /**
     * Walks open reviews in the order of their ids.
     *
     * @param sync the sync
     * @param after the last id of the page before, or null to begin
     * @param limit the most rows to return
     * @return the rows
     */
    List<ReviewRow> openReviews(String sync, @Nullable String after, int limit);

    /**
     * Walks dead letters in the order of their ids.
     *
     * @param sync the sync
     * @param after the last id of the page before, or null to begin
     * @param limit the most rows to return
     * @return the rows
     */
    List<DeadLetterRow> deadLetters(String sync, @Nullable String after, int limit);

    /**
     * Loads a dead letter.
     *
     * @param sync the sync
     * @param id the dead letter
     * @return the row, or empty when there is none
     */
    Optional<DeadLetterRow> deadLetter(String sync, String id);

    // Cursors

    /**
     * Loads a small named value, such as the cursor of a poll.
     *
     * @param sync the sync
     * @param name its name, at most 200 characters
     * @return the bytes, or empty when there are none
     */
    Optional<Bytes> cursor(String sync, String name);

    // Leases

    /**
     * Takes or prolongs a lease.
     *
     * @param name the lease, at most 200 characters
     * @param owner who asks
     * @param now the time
     * @param until when it lapses
     * @return its fencing token, which grows each time that the lease changes hands; empty when another owner holds it
     */
    OptionalLong lease(String name, String owner, Instant now, Instant until);

    /**
     * Gives a lease back. One that is held by another is left alone.
     *
     * @param name the lease
     * @param owner who held it
     */
    void release(String name, String owner);

    // House-keeping

    /**
     * Forgets what is old: keys of processed inbox rows and journal entries.
     *
     * @param sync the sync
     * @param inboxBefore processed inbox rows received before this go
     * @param journalBefore journal entries made before this go
     * @param limit the most rows of each to remove in this call
     * @return how many rows were removed
     */
    int trim(String sync, Instant inboxBefore, Instant journalBefore, int limit);

    /** Gives up connections that the store itself opened. */
    @Override
    void close();
}
