package dev.crmsync.store.jdbc;

import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Commits units in one transaction. All links are locked first, in the order of their ids; then the units are judged in
 * memory, and what the winners leave is written table by table, in batches and in the order of keys, so that commits
 * wait for each other but never in a ring. A key that another commit takes meanwhile ends the transaction, which is then
 * run again and finds it taken.
 */
final class Commits {
    private final Database database;
    private final Links links;
    private final LinkWrites linkWrites;
    private final DueWork due;
    private final Inbox inbox;
    private final Records records;
    private final Leases leases;

    Commits(Database database, Links links, DueWork due, Inbox inbox, Records records, Leases leases) {
        this.database = database;
        this.links = links;
        this.linkWrites = new LinkWrites(database);
        this.due = due;
        this.inbox = inbox;
        this.records = records;
        this.leases = leases;
    }

    List<Boolean> commit(String sync, List<Unit> units, @Nullable Fence fence) {
        refuseNonsense(sync, units);
        if (units.isEmpty()) {
            return List.of();
        }
        // In transactions of their own: these rows are never removed, and so two commits never wait for each other
        // here.
        due.makeReady(sync, units);
        return database.write(handle -> commit(handle, sync, units, fence));
    }

    private List<Boolean> commit(Handle handle, String sync, List<Unit> units, @Nullable Fence fence) {
        if (fence != null && !leases.holds(handle, fence)) {
            return Collections.nCopies(units.size(), false);
        }
        Standing standing =
                new Standing(links.lock(handle, sync, touched(units)), links.holders(handle, sync, records(units)));
        List<Boolean> won = new ArrayList<>(units.size());
        List<Unit> winners = new ArrayList<>(units.size());
        for (Unit unit : units) {
            boolean wins = standing.admit(unit.links());
            won.add(wins);
            if (wins) {
                winners.add(unit);
            }
        }
        linkWrites.write(handle, sync, winners, standing);
        records.write(handle, sync, winners);
        due.write(handle, sync, winners);
        inbox.write(handle, sync, winners);
        return won;
    }

    private static void refuseNonsense(String sync, List<Unit> units) {
        Set<String> seen = new HashSet<>();
        for (Unit unit : units) {
            for (LinkChange change : unit.links()) {
                if (!seen.add(change.next().id())) {
                    throw new IllegalArgumentException("link " + change.next().id()
                            + " is changed twice in one commit; commit one change after the other");
                }
            }
            for (DueChange change : unit.due()) {
                if (change instanceof DueChange.Put put && !put.row().sync().equals(sync)) {
                    throw new IllegalArgumentException("due work of sync "
                            + put.row().sync() + " in a commit of sync " + sync + "; commit each sync apart");
                }
            }
        }
    }

    /** Every link that is changed, that wakes its children, or for which work begins to wait. */
    private static Set<String> touched(List<Unit> units) {
        Set<String> ids = new TreeSet<>();
        for (Unit unit : units) {
            unit.links().forEach(change -> ids.add(change.next().id()));
            ids.addAll(unit.wakes());
            for (DueChange change : unit.due()) {
                if (change instanceof DueChange.Put put && put.row().waitingOn() != null) {
                    ids.add(put.row().waitingOn());
                }
            }
        }
        return ids;
    }

    private static Set<RecordRef> records(List<Unit> units) {
        Set<RecordRef> refs = new HashSet<>();
        for (Unit unit : units) {
            unit.links().forEach(change -> {
                refs.addAll(change.refsAdded());
                refs.addAll(change.refsRemoved());
            });
        }
        return refs;
    }
}
