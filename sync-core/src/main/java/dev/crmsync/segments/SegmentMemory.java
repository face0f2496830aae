package dev.crmsync.segments;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Unit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the store keeps of one segment: how far it is, and whom a plan names or a run has labelled, by the ids of their links.
 * Ids of records are not kept, so that nothing here outlives an erasure. One run of a segment at a time, whatever engine it
 * is in.
 */
final class SegmentMemory {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int IDS_A_ROW = 1000;
    private static final int ROWS_A_COMMIT = 100;

    private final SyncContext context;
    private final String name;
    private final String owner;

    SegmentMemory(SyncContext context, Segment segment, String owner) {
        this.context = context;
        this.name = "segment/" + digest(segment.toString()).substring(0, 32);
        this.owner = owner;
    }

    /** The lists of links that are kept. */
    enum Kept {
        ATTACH,
        DETACH,
        BORNE
    }

    static String digest(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Takes or prolongs the right to work on the segment. */
    Fence hold() {
        String lease = name + "/" + context.sync();
        Instant now = context.now();
        OptionalLong token = context.store().lease(lease, owner, now, now.plus(LEASE));
        if (token.isEmpty()) {
            throw SyncException.of(
                    Kind.TRANSIENT,
                    "another run of this segment of sync " + context.sync()
                            + " is under way, here or in another engine; try again when it has ended");
        }
        return new Fence(lease, token.getAsLong());
    }

    void release() {
        context.store().release(name + "/" + context.sync(), owner);
    }

    Optional<TaggingState> state() {
        return context.store().cursor(context.sync(), name).map(TaggingState::of);
    }

    void keep(TaggingState state) {
        commit(Unit.builder().cursor(name, state.toBytes()));
    }

    /** Keeps a list in place of the one before, and tells how many rows it takes. */
    int keep(Kept kept, Collection<String> links, int rowsBefore) {
        List<String> all = new ArrayList<>(new TreeSet<>(links));
        int rows = 0;
        Unit.Builder unit = Unit.builder();
        for (int from = 0; from < all.size(); from += IDS_A_ROW) {
            String row = String.join("\n", all.subList(from, Math.min(all.size(), from + IDS_A_ROW)));
            unit.cursor(key(kept, rows++), Bytes.utf8(row));
            if (rows % ROWS_A_COMMIT == 0) {
                commit(unit);
                unit = Unit.builder();
            }
        }
        for (int row = rows; row < rowsBefore; row++) {
            unit.cursor(key(kept, row), Bytes.EMPTY);
        }
        commit(unit);
        return rows;
    }

    List<String> row(Kept kept, int row) {
        return context.store()
                .cursor(context.sync(), key(kept, row))
                .map(bytes -> List.of(bytes.toUtf8().split("\n")))
                .orElse(List.of());
    }

    SortedSet<String> all(Kept kept, int rows) {
        TreeSet<String> links = new TreeSet<>();
        for (int row = 0; row < rows; row++) {
            links.addAll(row(kept, row));
        }
        return links;
    }

    private String key(Kept kept, int row) {
        return name + "/" + kept.name().toLowerCase(Locale.ROOT) + "/" + row;
    }

    private void commit(Unit.Builder unit) {
        if (!context.store()
                .commit(context.sync(), List.of(unit.build()), hold())
                .get(0)) {
            throw SyncException.of(
                    Kind.TRANSIENT, "another run of this segment has taken over; look at what it does, and try again");
        }
    }
}
