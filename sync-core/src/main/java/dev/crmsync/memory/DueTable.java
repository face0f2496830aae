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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** The rows that wait for each link: a wake must not look at all rows. */
    private final Map<String, TreeSet<Key>> waiting = new HashMap<>();

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
            set(
                    key,
                    new Entry(
                            put.over(standing == null ? null : standing.row()),
                            standing == null || put.release() ? null : standing.claimedUntil()));
        } else if (change instanceof DueChange.Remove remove) {
            Key key = new Key(remove.link(), remove.system());
            Entry standing = rows.get(key);
            if (standing != null && (remove.release() || standing.claimedUntil() == null)) {
                set(key, null);
            }
        }
    }

    private void set(Key key, @Nullable Entry entry) {
        Entry before = entry == null ? rows.remove(key) : rows.put(key, entry);
        String awaited = before == null ? null : before.row().waitingOn();
        if (awaited != null) {
            waiting.computeIfPresent(awaited, (link, keys) -> keys.remove(key) && keys.isEmpty() ? null : keys);
        }
        if (entry != null && entry.row().waitingOn() != null) {
            waiting.computeIfAbsent(entry.row().waitingOn(), link -> new TreeSet<>())
                    .add(key);
        }
    }

    void wake(String parent) {
        for (Key key : List.copyOf(waiting.getOrDefault(parent, new TreeSet<>()))) {
            Entry before = Objects.requireNonNull(rows.get(key), "a row that waits");
            set(key, new Entry(at(before.row(), before.row().lane(), Instant.EPOCH, null), before.claimedUntil()));
        }
    }

    int move(Lane from, Lane to) {
        int changed = 0;
        for (Map.Entry<Key, Entry> entry : rows.entrySet()) {
            DueRow row = entry.getValue().row();
            if (from != to && row.lane() == from) {
                DueRow moved = at(row, to, row.notBefore(), row.waitingOn());
                entry.setValue(new Entry(moved, entry.getValue().claimedUntil()));
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
