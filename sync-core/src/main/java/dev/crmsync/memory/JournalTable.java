package dev.crmsync.memory;

import dev.crmsync.spi.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The journal of one sync, by link and in the order of commits. */
final class JournalTable {
    private static final Comparator<JournalEntry> NEWEST_FIRST =
            Comparator.comparingLong(JournalEntry::seq).reversed();

    private final Map<String, List<JournalEntry>> entries = new TreeMap<>();

    void append(JournalEntry entry) {
        entries.computeIfAbsent(entry.link(), link -> new ArrayList<>()).add(entry);
    }

    List<JournalEntry> read(String link, long before, int limit) {
        // The sort is stable: entries of one sequence number stay in the order of their commit.
        return entries.getOrDefault(link, List.of()).stream()
                .filter(entry -> entry.seq() < before)
                .sorted(NEWEST_FIRST)
                .limit(Math.max(0, limit))
                .toList();
    }

    int trim(Instant before, int limit) {
        int removed = 0;
        Iterator<List<JournalEntry>> links = entries.values().iterator();
        while (removed < limit && links.hasNext()) {
            List<JournalEntry> journal = links.next();
            Iterator<JournalEntry> oldest = journal.iterator();
            while (removed < limit && oldest.hasNext()) {
                if (oldest.next().at().isBefore(before)) {
                    oldest.remove();
                    removed++;
                }
            }
            if (journal.isEmpty()) {
                links.remove();
            }
        }
        return removed;
    }

    void forget(String link) {
        entries.remove(link);
    }
}
