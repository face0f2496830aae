package dev.crmsync.ledger;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Unit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which systems of a sync are paused, and why. Kept in the store, so that it outlives the engine and holds for all of
 * them. Thread-safe.
 */
public final class Pauses {
    private static final String CURSOR = "paused/";

    private final SyncContext context;

    /**
     * The pauses of a sync.
     *
     * @param context the sync
     */
    public Pauses(SyncContext context) {
        this.context = context;
    }

    /**
     * Why a system is paused.
     *
     * @param system the system
     * @return the reason, or empty when it is not paused
     */
    public Optional<String> reason(String system) {
        return context.store().cursor(context.sync(), CURSOR + system).map(Bytes::toUtf8);
    }

    /**
     * All systems that are paused.
     *
     * @return the reason of each
     */
    public SortedMap<String, String> all() {
        SortedMap<String, String> paused = new TreeMap<>();
        context.adapters().keySet().forEach(system -> reason(system).ifPresent(why -> paused.put(system, why)));
        return paused;
    }

    /**
     * Pauses a system: it is neither read, listed nor written until it is resumed. Its webhooks are still taken.
     *
     * @param system the system
     * @param reason why, for people, without personal values
     */
    public void pause(String system, String reason) {
        context.adapter(system);
        set(system, Bytes.utf8(reason.isEmpty() ? "paused" : reason));
        context.listener().paused(context.sync(), system, reason);
    }

    /**
     * Lets a system go on.
     *
     * @param system the system
     */
    public void resume(String system) {
        context.adapter(system);
        set(system, Bytes.EMPTY);
        context.listener().resumed(context.sync(), system);
    }

    private void set(String system, Bytes reason) {
        Unit unit = Unit.builder().cursor(CURSOR + system, reason).build();
        context.store().commit(context.sync(), List.of(unit), null);
    }
}
