package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SyncException;
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
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The durable {@link Store}: H2 in a file, or PostgreSQL. It makes and upgrades its tables by itself, under a lock, so
 * that any number of engines may start at once; what it installed stands in its own table {@code schema_history}.
 * Thread-safe; every call is one transaction at READ COMMITTED, or a plain read.
 *
 * <p>When it is opened it tests what compare-and-set relies on: that transactions see what others have committed and
 * nothing else, that updates tell how many rows they found, in batches too, and that an H2 file loses no acknowledged
 * commit when the process is killed. What fails the test ends in a {@link SyncException} of kind CONFIGURATION that
 * names the setting.
 *
 * <p>Times are stored as microseconds since the epoch. Names that the SPI leaves open may have up to 100 characters
 * (sync, system, type), 400 (a record's id at its vendor) and 200 (owner, field, rules hash); longer ones are refused
 * as PERMANENT. No message carries a key or a value, those of the driver are left out.
 */
public final class JdbcStore implements Store {
    /** What the names of the tables begin with by default. */
    public static final String DEFAULT_TABLE_PREFIX = "crmsync_";

    private final Database database;
    private final Runnable closing;
    private final Links links;
    private final DueWork dueWork;
    private final DueReads dueReads;
    private final Claims claims;
    private final Inbox inbox;
    private final RecordReads records;
    private final Leases leases;
    private final Keeping keeping;
    private final Commits commits;

    JdbcStore(Database database, Runnable closing) {
        this.database = database;
        this.closing = closing;
        this.links = new Links(database);
        this.dueWork = new DueWork(database);
        this.dueReads = new DueReads(database, dueWork);
        this.claims = new Claims(database);
        this.inbox = new Inbox(database);
        this.records = new RecordReads(database);
        this.leases = new Leases(database);
        this.keeping = new Keeping(database);
        this.commits = new Commits(database, links, dueWork, inbox, new Records(database), leases);
    }

    /**
     * Opens the store in a database of the embedder, with tables named {@code crmsync_…}.
     *
     * @param dataSource a pool of at least two connections, to H2 or PostgreSQL; it stays the embedder's to close, and
     *     must not join transactions of the embedder
     * @return the store, its tables installed
     * @throws SyncException of kind CONFIGURATION when the database or its settings cannot keep the store, TRANSIENT
     *     when the database cannot be reached
     */
    public static JdbcStore on(DataSource dataSource) {
        return on(dataSource, DEFAULT_TABLE_PREFIX);
    }

    /**
     * Opens the store in a database of the embedder, with tables of another name.
     *
     * @param dataSource as in {@link #on(DataSource)}
     * @param tablePrefix what the names of the tables begin with: a lower-case letter, then up to 29 lower-case letters,
     *     digits and underscores
     * @return the store, its tables installed
     * @throws SyncException as in {@link #on(DataSource)}
     */
    public static JdbcStore on(DataSource dataSource, String tablePrefix) {
        return Opening.open(dataSource, tablePrefix, () -> {});
    }

    /**
     * Opens the embedded default: an H2 database in a file, made when missing, in which every acknowledged commit
     * survives the death of this process. One process at a time can have it open, so what an earlier one had claimed or
     * leased is free again when it is opened. It needs {@code com.h2database:h2} on
     * the class path.
     *
     * @param file the path, with or without the suffix {@code .mv.db}, which H2 appends
     * @return the store, its tables installed; {@link #close()} closes the file
     * @throws SyncException of kind CONFIGURATION when H2 is missing, or another process has the file open
     */
    public static JdbcStore h2(Path file) {
        return Opening.openH2(file);
    }

    /**
     * Opens a store that is there already, to be read: nothing is installed, tested or written.
     *
     * @param dataSource connections to its database; they may be read-only
     * @param tablePrefix what the names of its tables begin with
     * @return the store; what would change it fails where connections are read-only
     * @throws SyncException of kind CONFIGURATION when the database is none that keeps stores, TRANSIENT when it cannot be
     *     reached
     */
    public static JdbcStore reading(DataSource dataSource, String tablePrefix) {
        return Opening.reading(dataSource, tablePrefix);
    }

    // Links

    @Override
    public List<LinkRow> links(String sync, Collection<String> ids) {
        return database.read(handle -> links.rows(handle, sync, ids));
    }

    @Override
    public List<LinkRow> walkLinks(String sync, @Nullable String after, int limit) {
        return database.read(handle -> links.walk(handle, sync, after, limit));
    }

    @Override
    public Map<RecordRef, String> linkIds(String sync, Collection<RecordRef> refs) {
        return database.read(handle -> links.holders(handle, sync, refs));
    }

    @Override
    public Map<MatchKey, List<String>> matches(String sync, Collection<MatchKey> keys) {
        return database.read(handle -> links.bearers(handle, sync, keys));
    }

    @Override
    public long countLinks(String sync) {
        return database.read(handle -> links.count(handle, sync));
    }

    // Commit

    @Override
    public List<Boolean> commit(String sync, List<Unit> units, @Nullable Fence fence) {
        return commits.commit(sync, units, fence);
    }

    // Inbox

    @Override
    public int accept(String sync, List<InboxEvent> events) {
        return database.write(handle -> inbox.accept(handle, sync, events));
    }

    @Override
    public List<InboxRow> pending(String sync, int shard, int limit) {
        return database.read(handle -> inbox.pending(handle, sync, shard, limit));
    }

    @Override
    public List<Integer> pendingShards(String sync) {
        return database.read(handle -> inbox.pendingShards(handle, sync));
    }

    @Override
    public long countPending(String sync) {
        return database.read(handle -> inbox.countPending(handle, sync));
    }

    // Due work

    @Override
    public List<Turn> turns(Collection<String> syncs, Instant now, int limit) {
        return database.read(handle -> claims.turns(handle, syncs, now, limit));
    }

    @Override
    public List<DueRow> claim(Turn turn, Instant now, int limit, String owner, Instant until) {
        return database.write(handle -> claims.claim(handle, turn, now, limit, owner, until));
    }

    @Override
    public Optional<DueRow> claimOne(
            String sync, String link, String system, Instant now, String owner, Instant until) {
        return database.write(handle -> claims.claimOne(handle, sync, link, system, now, owner, until));
    }

    @Override
    public List<DueRow> walkDue(String sync, Set<Lane> lanes, @Nullable DueRow after, int limit) {
        return database.read(handle -> dueReads.walk(handle, sync, lanes, after, limit));
    }

    @Override
    public int moveLane(String sync, Lane from, Lane to) {
        return dueReads.move(sync, from, to);
    }

    @Override
    public List<DueCount> countDue(String sync) {
        return database.read(handle -> dueReads.counts(handle, sync));
    }

    @Override
    public Optional<Instant> nextDue(String sync) {
        return database.read(handle -> dueReads.next(handle, sync));
    }

    // Journal, reviews, dead letters, cursors

    @Override
    public List<JournalEntry> journal(String sync, String link, long before, int limit) {
        return database.read(handle -> records.journal(handle, sync, link, before, limit));
    }

    @Override
    public Optional<ReviewRow> review(String sync, String id) {
        return database.read(handle -> records.review(handle, sync, id));
    }

    @Override
    public List<ReviewRow> openReviews(String sync, @Nullable String after, int limit) {
        return database.read(handle -> records.openReviews(handle, sync, after, limit));
    }

    @Override
    public List<DeadLetterRow> deadLetters(String sync, @Nullable String after, int limit) {
        return database.read(handle -> records.deadLetters(handle, sync, after, limit));
    }

    @Override
    public Optional<DeadLetterRow> deadLetter(String sync, String id) {
        return database.read(handle -> records.deadLetter(handle, sync, id));
    }

    @Override
    public Optional<Bytes> cursor(String sync, String name) {
        return database.read(handle -> records.cursor(handle, sync, name));
    }

    // Leases and house-keeping

    @Override
    public OptionalLong lease(String name, String owner, Instant now, Instant until) {
        return database.write(handle -> leases.take(handle, name, owner, now, until));
    }

    @Override
    public void release(String name, String owner) {
        database.run(handle -> leases.release(handle, name, owner));
    }

    @Override
    public int trim(String sync, Instant inboxBefore, Instant journalBefore, int limit) {
        return database.write(handle -> keeping.trim(handle, sync, inboxBefore, journalBefore, limit));
    }

    /** A file is one process's: who claimed or leased anything in it before is dead, and need not be waited for. */
    void inherit() {
        database.run(handle -> {
            claims.free(handle);
            leases.free(handle);
        });
    }

    /** Closes the file of {@link #h2}; a DataSource of the embedder stays open. */
    @Override
    public void close() {
        closing.run();
    }
}
