package dev.crmsync.store.jdbc;

import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.LinkChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How links and records stand while the units of a commit are judged one after the other: as they were found under lock,
 * and as the winners so far leave them.
 */
final class Standing {
    private final Map<String, Long> versions;
    private final Map<RecordRef, String> before;
    private final Map<RecordRef, String> holders;

    Standing(Map<String, Long> versions, Map<RecordRef, String> holders) {
        this.versions = new HashMap<>(versions);
        this.before = holders;
        this.holders = new HashMap<>(holders);
    }

    /** Whether a unit wins; if so, everything after it is judged by what it leaves. */
    boolean admit(List<LinkChange> changes) {
        Set<RecordRef> leaving = new HashSet<>();
        for (LinkChange change : changes) {
            if (versions.getOrDefault(change.next().id(), 0L) != change.expected()) {
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
                if (!free(leaving.contains(ref) ? null : holders.get(ref), link)
                        || !free(joining.put(ref, link), link)) {
                    return false;
                }
            }
        }
        changes.forEach(change -> versions.put(change.next().id(), change.next().version()));
        leaving.forEach(holders::remove);
        holders.putAll(joining);
        return true;
    }

    private static boolean free(@Nullable String holder, String link) {
        return holder == null || holder.equals(link);
    }

    /** Records that were held before and are not held by the same link now, with their former holders. */
    Map<RecordRef, String> left() {
        return difference(before, holders);
    }

    /** Records that are held now and were not held by the same link before. */
    Map<RecordRef, String> joined() {
        return difference(holders, before);
    }

    private static Map<RecordRef, String> difference(Map<RecordRef, String> these, Map<RecordRef, String> those) {
        Map<RecordRef, String> difference = new TreeMap<>();
        these.forEach((ref, holder) -> {
            if (!holder.equals(those.get(ref))) {
                difference.put(ref, holder);
            }
        });
        return difference;
    }
}
