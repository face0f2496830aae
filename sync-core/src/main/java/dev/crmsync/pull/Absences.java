package dev.crmsync.pull;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.store.LinkRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that are believed to be at a system and that a complete walk did not list. Kept in memory while it
 * is under way: after a restart it begins anew, and asks the vendor nothing.
 */
final class Absences {
    private static final int LINKS_A_STEP = 500;

    private final SyncContext context;
    private final Function<Collection<String>, Map<String, LinkState>> load;
    private final String system;
    private final String type;
    private final DigestSet seen;
    private final List<String> absent = new ArrayList<>();
    private final Map<String, Instant> reads = new HashMap<>();
    private long known;
    private @Nullable String after;
    private boolean ended;

    Absences(
            SyncContext context,
            Function<Collection<String>, Map<String, LinkState>> load,
            String system,
            String type,
            DigestSet seen) {
        this.context = context;
        this.load = load;
        this.system = system;
        this.type = type;
        this.seen = seen;
    }

    /** Looks at some more links, and tells how many records they hold at the system. */
    int step() {
        List<LinkRow> rows = context.store().walkLinks(context.sync(), after, LINKS_A_STEP);
        long before = known;
        List<String> ofType = rows.stream()
                .filter(row -> row.type().equals(type))
                .map(LinkRow::id)
                .toList();
        load.apply(ofType).values().forEach(link -> look(link.side(system)));
        ended = rows.size() < LINKS_A_STEP;
        after = rows.isEmpty() ? after : rows.get(rows.size() - 1).id();
        return (int) (known - before);
    }

    private void look(Side side) {
        if (side.presence() != Presence.PRESENT || side.record() == null) {
            return;
        }
        known++;
        if (!seen.contains(side.record())) {
            absent.add(side.record());
            if (side.readAt() != null) {
                reads.put(side.record(), side.readAt());
            }
        }
    }

    boolean ended() {
        return ended;
    }

    long known() {
        return known;
    }

    long listed() {
        return seen.size();
    }

    List<String> absent() {
        return absent;
    }

    /** Whether a record that is absent was read after a time, and was there. */
    boolean readAfter(String record, Instant time) {
        Instant read = reads.get(record);
        return read != null && read.isAfter(time);
    }
}
