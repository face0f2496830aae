package dev.crmsync.pull;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Unit;
import java.util.List;

/**
 * Which walks are called for out of turn: changes may have been missed for good, so that only a walk of all records can
 * tell. Kept in the store, until a walk that began afterwards has ended. Thread-safe.
 */
public final class WantedWalks {
    private static final String CURSOR = "sweep-wanted/";

    private final SyncContext context;

    /**
     * The walks that a sync calls for.
     *
     * @param context the sync
     */
    public WantedWalks(SyncContext context) {
        this.context = context;
    }

    static Unit.Builder want(Unit.Builder unit, String system, String type) {
        return unit.cursor(CURSOR + system + "/" + type, Bytes.utf8("wanted"));
    }

    /**
     * Calls for a walk.
     *
     * @param system the system
     * @param type the record type
     */
    public void want(String system, String type) {
        context.store()
                .commit(
                        context.sync(),
                        List.of(want(Unit.builder(), system, type).build()),
                        null);
    }

    /**
     * Whether a walk is called for.
     *
     * @param system the system
     * @param type the record type
     * @return true when it is
     */
    public boolean wanted(String system, String type) {
        return context.store()
                .cursor(context.sync(), CURSOR + system + "/" + type)
                .isPresent();
    }

    /**
     * A walk that was called for has begun: a further call from now on asks for another.
     *
     * @param system the system
     * @param type the record type
     */
    public void begun(String system, String type) {
        Unit unit =
                Unit.builder().cursor(CURSOR + system + "/" + type, Bytes.EMPTY).build();
        context.store().commit(context.sync(), List.of(unit), null);
    }
}
