package dev.crmsync.engine;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the identity logs of a sync reach back: from which moment on every change is in them. It is written down, because the
 * age up to which the journal is kept may be another one tomorrow, and what was forgotten does not come back.
 */
final class Reach {
    private static final String CURSOR = "identity-since";

    private final SyncContext context;

    Reach(SyncContext context) {
        this.context = context;
    }

    /** Of links that an earlier version has kept not all changes were written down until now. */
    void begin() {
        Store store = context.store();
        if (kept().isEmpty()) {
            boolean empty = store.countLinks(context.sync()) == 0;
            keep(empty ? Instant.EPOCH : context.now());
        }
    }

    /** The earliest moment that can be asked about, unless a link is known to have begun later. */
    Instant since() {
        return kept().orElseGet(context::now);
    }

    /** What is older is about to be forgotten. Said before it is, so that nobody finds a gap and takes it for the whole. */
    void forgetting(Instant before) {
        if (since().isBefore(before)) {
            keep(before);
        }
    }

    private Optional<Instant> kept() {
        return context.store().cursor(context.sync(), CURSOR).map(Bytes::toUtf8).map(Instant::parse);
    }

    private void keep(Instant since) {
        Unit unit = Unit.builder().cursor(CURSOR, Bytes.utf8(since.toString())).build();
        context.store().commit(context.sync(), List.of(unit), null);
    }
}
