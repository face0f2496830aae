package dev.crmsync.memory;

import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Turn;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The due work of one sync with its claims, and when each turn was last served. */
final class DueTable {
    private record Key(String link, String system) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = link.compareTo(other.link);
            return order != 0 ? order : system.compareTo(other.system);
        }
    }

    /** A row, and until when it is claimed; null when it is not. */
    private record Entry(DueRow row, @Nullable Instant claimedUntil) {
        boolean free(Instant now) {
            return claimedUntil == null || !claimedUntil.isAfter(now);
        }

        boolean ripe(Instant now) {
            return row.lane() != Lane.HELD
                    && row.waitingOn() == null
                    && !row.notBefore().isAfter(now)
                    && free(now);
        }

        Instant comesUp() {
            return claimedUntil == null || claimedUntil.isBefore(row.notBefore()) ? row.notBefore() : claimedUntil;
        }
    }

    /** A turn, and the number of the claim that last served it. */
    record ServedTurn(Turn turn, long served) {
        static final Comparator<ServedTurn> ORDER = Comparator.comparing(
                        (ServedTurn served) -> served.turn().lane())
                .thenComparingLong(ServedTurn::served)
                .thenComparing(served -> served.turn().sync())
                .thenComparing(served -> served.turn().system());
    }

    private static final Comparator<DueRow> OLDEST_FIRST =
            Comparator.comparing(DueRow::notBefore).thenComparing(DueRow::link);

    private final String sync;
    private final TreeMap<Key, Entry> rows = new TreeMap<>();
    private final Map<Turn, Long> served = new HashMap<>();

    DueTable(String sync) {
        this.sync = sync;
    }

    static void refuseForeign(String sync, DueChange change) {
        if (change instanceof DueChange.Put put && !put.row().sync().equals(sync)) {
            throw new IllegalArgumentException("due work of sync " + put.row().sync() + " in a commit of sync " + sync
                    + "; commit each sync apart");
        }
    }

    void change(DueChange change) {
        if (change instanceof DueChange.Put put) {
            Key key = new Key(put.row().link(), put.row().system());
            Entry standing = rows.get(key);
            rows.put(
                    key,
                    new Entry(
                            put.over(standing == null ? null : standing.row()),
                            standing == null || put.release() ? null : standing.claimedUntil()));
        } else if (change instanceof DueChange.Remove remove) {
            Key key = new Key(remove.link(), remove.system());
            Entry standing = rows.get(key);
            if (standing != null && (remove.release() || standing.claimedUntil() == null)) {
                rows.remove(key);
            }
        }
    }

    void wake(String parent) {
        replace(row -> parent.equals(row.waitingOn()), row -> at(row, row.lane(), Instant.EPOCH, null));
    }

    int move(Lane from, Lane to) {
        return from == to
                ? 0
                : replace(row -> row.lane() == from, row -> at(row, to, row.notBefore(), row.waitingOn()));
    }

    private int replace(Predicate<DueRow> which, UnaryOperator<DueRow> next) {
        int changed = 0;
        for (Map.Entry<Key, Entry> entry : rows.entrySet()) {
            Entry before = entry.getValue();
            if (which.test(before.row())) {
                entry.setValue(new Entry(next.apply(before.row()), before.claimedUntil()));
                changed++;
            }
        }
        return changed;
    }

    private static DueRow at(DueRow row, Lane lane, Instant notBefore, @Nullable String waitingOn) {
        return new DueRow(
                row.sync(), row.link(), row.system(), lane, notBefore, row.attempts(), row.inFlight(), waitingOn);
    }

    List<ServedTurn> turns(Instant now) {
        Set<Turn> ripe = new LinkedHashSet<>();
        for (Entry entry : rows.values()) {
            if (entry.ripe(now)) {
                ripe.add(turn(entry.row()));
            }
        }
        return ripe.stream()
                .map(turn -> new ServedTurn(turn, served.getOrDefault(turn, 0L)))
                .toList();
    }

    private Turn turn(DueRow row) {
        return new Turn(sync, row.system(), row.lane());
    }

    List<DueRow> claim(Turn turn, Instant now, int limit, Instant until, long serving) {
        List<DueRow> claimed = rows.values().stream()
                .filter(entry -> entry.ripe(now) && turn(entry.row()).equals(turn))
                .map(Entry::row)
                .sorted(OLDEST_FIRST)
                .limit(Math.max(0, limit))
                .toList();
        claimed.forEach(row -> rows.put(new Key(row.link(), row.system()), new Entry(row, until)));
        served.put(turn, serving);
        return claimed;
    }

    Optional<DueRow> claimOne(String link, String system, Instant now, Instant until) {
        Key key = new Key(link, system);
        Entry entry = rows.get(key);
        if (entry == null || entry.row().lane() == Lane.HELD || !entry.free(now)) {
            return Optional.empty();
        }
        rows.put(key, new Entry(entry.row(), until));
        return Optional.of(entry.row());
    }

    List<DueRow> walk(Set<Lane> lanes, @Nullable DueRow after, int limit) {
        NavigableMap<Key, Entry> rest =
                after == null ? rows : rows.tailMap(new Key(after.link(), after.system()), false);
        return rest.values().stream()
                .map(Entry::row)
                .filter(row -> lanes.contains(row.lane()))
                .limit(Math.max(0, limit))
                .toList();
    }

    List<DueCount> counts() {
        Map<String, Map<Lane, DueCount>> counts = new TreeMap<>();
        for (Entry entry : rows.values()) {
            DueRow row = entry.row();
            counts.computeIfAbsent(row.system(), system -> new EnumMap<>(Lane.class))
                    .merge(
                            row.lane(),
                            new DueCount(
                                    row.system(),
                                    row.lane(),
                                    1,
                                    row.inFlight() ? 1 : 0,
                                    row.waitingOn() == null ? 0 : 1),
                            DueTable::sum);
        }
        return counts.values().stream()
                .flatMap(lanes -> lanes.values().stream())
                .toList();
    }

    private static DueCount sum(DueCount a, DueCount b) {
        return new DueCount(
                a.system(), a.lane(), a.rows() + b.rows(), a.inFlight() + b.inFlight(), a.waiting() + b.waiting());
    }

    Optional<Instant> next() {
        return rows.values().stream()
                .filter(entry -> entry.row().lane() != Lane.HELD && entry.row().waitingOn() == null)
                .map(Entry::comesUp)
                .min(Comparator.naturalOrder());
    }
}
