package dev.crmsync.testkit.store;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import dev.crmsync.spi.store.ReviewRow;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Turn;
import dev.crmsync.spi.store.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose process dies at a chosen write. It passes every call on to another store, counts those that change
 * something, and at the chosen one throws {@link SimulatedCrash}, before that call or after it. From then on the process
 * is dead: each call throws, so that no code of the old life can touch the store again. A new life begins on the store
 * beneath.
 *
 * <p>What changes something: commit, accept, claim, claimOne, moveLane, lease, release and trim.
 * Thread-safe when the store beneath is.
 */
public final class CrashingStore implements Store {
    /** When the process dies. */
    public enum Moment {
        /** Nothing of the chosen call was done. */
        BEFORE,
        /** The chosen call was done, and nobody heard of it. */
        AFTER
    }

    private final Store store;
    private final long fatal;
    private final Moment moment;
    private final AtomicLong mutations = new AtomicLong();
    private final AtomicBoolean dead = new AtomicBoolean();

    private CrashingStore(Store store, long fatal, Moment moment) {
        this.store = store;
        this.fatal = fatal;
        this.moment = moment;
    }

    /**
     * Dies at one write.
     *
     * @param store the store beneath, which lives on
     * @param fatal the number of the write, 1 for the first
     * @param moment whether it dies before that write or after it
     * @return the store for the doomed life
     */
    public static CrashingStore at(Store store, long fatal, Moment moment) {
        if (fatal < 1) {
            throw new IllegalArgumentException("writes are counted from 1: " + fatal);
        }
        return new CrashingStore(store, fatal, moment);
    }

    /**
     * Never dies, but counts: a life in which to learn how many writes there are to die at.
     *
     * @param store the store beneath
     * @return the store for a whole life
     */
    public static CrashingStore never(Store store) {
        return new CrashingStore(store, Long.MAX_VALUE, Moment.BEFORE);
    }

    /**
     * How many writes were begun, the fatal one included.
     *
     * @return 0 or more
     */
    public long mutations() {
        return mutations.get();
    }

    /**
     * Whether the crash has come.
     *
     * @return whether each call throws now
     */
    public boolean crashed() {
        return dead.get();
    }

    private <T> T read(Supplier<T> call) {
        if (dead.get()) {
            throw new SimulatedCrash(fatal, moment);
        }
        return call.get();
    }

    private <T> T write(Supplier<T> call) {
        return read(() -> {
            boolean last = mutations.incrementAndGet() == fatal;
            if (last && moment == Moment.BEFORE) {
                throw die();
            }
            T answer = call.get();
            if (last) {
                throw die();
            }
            return answer;
        });
    }

    private SimulatedCrash die() {
        dead.set(true);
        return new SimulatedCrash(fatal, moment);
    }

    @Override
    public List<LinkRow> links(String sync, Collection<String> ids) {
        return read(() -> store.links(sync, ids));
    }

    @Override
    public List<LinkRow> walkLinks(String sync, @Nullable String after, int limit) {
        return read(() -> store.walkLinks(sync, after, limit));
    }

    @Override
    public Map<RecordRef, String> linkIds(String sync, Collection<RecordRef> refs) {
        return read(() -> store.linkIds(sync, refs));
    }

    @Override
    public Map<MatchKey, List<String>> matches(String sync, Collection<MatchKey> keys) {
        return read(() -> store.matches(sync, keys));
    }

    @Override
    public long countLinks(String sync) {
        return read(() -> store.countLinks(sync));
    }

    @Override
    public List<Boolean> commit(String sync, List<Unit> units, @Nullable Fence fence) {
        return write(() -> store.commit(sync, units, fence));
    }

    @Override
    public int accept(String sync, List<InboxEvent> events) {
        return write(() -> store.accept(sync, events));
    }

    @Override
    public List<InboxRow> pending(String sync, int shard, int limit) {
        return read(() -> store.pending(sync, shard, limit));
    }

    @Override
    public List<Integer> pendingShards(String sync) {
        return read(() -> store.pendingShards(sync));
    }

    @Override
    public long countPending(String sync) {
        return read(() -> store.countPending(sync));
    }

    @Override
    public List<Turn> turns(Collection<String> syncs, Instant now, int limit) {
        return read(() -> store.turns(syncs, now, limit));
    }

    @Override
    public List<DueRow> claim(Turn turn, Instant now, int limit, String owner, Instant until) {
        return write(() -> store.claim(turn, now, limit, owner, until));
    }

    @Override
    public Optional<DueRow> claimOne(
            String sync, String link, String system, Instant now, String owner, Instant until) {
        return write(() -> store.claimOne(sync, link, system, now, owner, until));
    }

    @Override
    public List<DueRow> walkDue(String sync, Set<Lane> lanes, @Nullable DueRow after, int limit) {
        return read(() -> store.walkDue(sync, lanes, after, limit));
    }

    @Override
    public int moveLane(String sync, Lane from, Lane to) {
        return write(() -> store.moveLane(sync, from, to));
    }

    @Override
    public List<DueCount> countDue(String sync) {
        return read(() -> store.countDue(sync));
    }

    @Override
    public Optional<Instant> nextDue(String sync) {
        return read(() -> store.nextDue(sync));
    }

    @Override
    public List<JournalEntry> journal(String sync, String link, long before, int limit) {
        return read(() -> store.journal(sync, link, before, limit));
    }

    @Override
    public Optional<ReviewRow> review(String sync, String id) {
        return read(() -> store.review(sync, id));
    }

    @Override
    public List<ReviewRow> openReviews(String sync, @Nullable String after, int limit) {
        return read(() -> store.openReviews(sync, after, limit));
    }

    @Override
    public List<DeadLetterRow> deadLetters(String sync, @Nullable String after, int limit) {
        return read(() -> store.deadLetters(sync, after, limit));
    }

    @Override
    public Optional<DeadLetterRow> deadLetter(String sync, String id) {
        return read(() -> store.deadLetter(sync, id));
    }

    @Override
    public Optional<Bytes> cursor(String sync, String name) {
        return read(() -> store.cursor(sync, name));
    }

    @Override
    public OptionalLong lease(String name, String owner, Instant now, Instant until) {
        return write(() -> store.lease(name, owner, now, until));
    }

    @Override
    public void release(String name, String owner) {
        write(() -> {
            store.release(name, owner);
            return true;
        });
    }

    @Override
    public int trim(String sync, Instant inboxBefore, Instant journalBefore, int limit) {
        return write(() -> store.trim(sync, inboxBefore, journalBefore, limit));
    }

    /** Does nothing: a process that dies closes nothing, and the store beneath lives on. */
    @Override
    public void close() {
        // See above.
    }
}
