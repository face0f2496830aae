package dev.crmsync.memory;

import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The links of one sync, the records that they hold and the match keys that they bear. */
final class LinkTable {
    private final TreeMap<String, LinkRow> rows = new TreeMap<>();
    private final Map<RecordRef, String> holders = new HashMap<>();
    private final Map<MatchKey, TreeSet<String>> bearers = new HashMap<>();

    List<LinkRow> rows(Collection<String> ids) {
        List<LinkRow> found = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            LinkRow row = rows.get(id);
            if (row != null) {
                found.add(row);
            }
        }
        return found;
    }

    List<LinkRow> walk(@Nullable String after, int limit) {
        return SyncTables.beyond(rows, after).values().stream()
                .limit(Math.max(0, limit))
                .toList();
    }

    long count() {
        return rows.size();
    }

    Map<RecordRef, String> holders(Collection<RecordRef> refs) {
        Map<RecordRef, String> found = new LinkedHashMap<>();
        for (RecordRef ref : refs) {
            String holder = holders.get(ref);
            if (holder != null) {
                found.put(ref, holder);
            }
        }
        return found;
    }

    Map<MatchKey, List<String>> bearers(Collection<MatchKey> keys) {
        Map<MatchKey, List<String>> found = new LinkedHashMap<>();
        for (MatchKey key : keys) {
            Set<String> links = bearers.get(key);
            if (links != null) {
                found.put(key, List.copyOf(links));
            }
        }
        return found;
    }

    /** Whether all versions stand and every added record is free once the unit's own removals are made. */
    boolean admits(List<LinkChange> changes) {
        Set<RecordRef> leaving = new HashSet<>();
        for (LinkChange change : changes) {
            LinkRow row = rows.get(change.next().id());
            if ((row == null ? 0 : row.version()) != change.expected()) {
                return false;
            }
            change.refsRemoved().stream()
                    .filter(ref -> change.next().id().equals(holders.get(ref)))
                    .forEach(leaving::add);
        }
        Map<RecordRef, String> joining = new HashMap<>();
        for (LinkChange change : changes) {
            String link = change.next().id();
            for (RecordRef ref : change.refsAdded()) {
                String holder = leaving.contains(ref) ? null : holders.get(ref);
                String other = joining.put(ref, link);
                if ((holder != null && !holder.equals(link)) || (other != null && !other.equals(link))) {
                    return false;
                }
            }
        }
        return true;
    }

    void apply(List<LinkChange> changes) {
        for (LinkChange change : changes) {
            String link = change.next().id();
            rows.put(link, change.next());
            change.refsRemoved().forEach(ref -> holders.remove(ref, link));
            change.keysRemoved().forEach(key -> unbear(key, link));
            change.keysAdded()
                    .forEach(key -> bearers.computeIfAbsent(key, added -> new TreeSet<>())
                            .add(link));
        }
        for (LinkChange change : changes) {
            change.refsAdded().forEach(ref -> holders.put(ref, change.next().id()));
        }
    }

    private void unbear(MatchKey key, String link) {
        bearers.computeIfPresent(key, (known, links) -> links.remove(link) && links.isEmpty() ? null : links);
    }
}
