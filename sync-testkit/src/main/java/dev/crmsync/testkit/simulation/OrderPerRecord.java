package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.RecordRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Law 8: one record's inputs take effect in order, and one after the other. */
final class OrderPerRecord extends Law {
    OrderPerRecord(Findings found) {
        super(8, found);
    }

    @Override
    void check() {
        inbox();
        versions();
    }

    private void inbox() {
        Map<RecordRef, Long> last = new HashMap<>();
        Set<Long> done = new HashSet<>();
        for (Chronicle.Processed row : found.chronicle.processed) {
            Long before = last.put(row.record(), row.row());
            if (before != null && before > row.row()) {
                broken("event " + row.row() + " of " + row.record() + " took effect after its successor " + before);
            }
            if (!done.add(row.row())) {
                broken("event " + row.row() + " of " + row.record() + " took effect twice");
            }
        }
    }

    private void versions() {
        Map<String, Long> last = new HashMap<>();
        for (Chronicle.Commit commit : found.chronicle.commits) {
            long before = last.getOrDefault(commit.link(), 0L);
            if (commit.expected() != before || commit.version() <= before) {
                broken("link " + commit.link() + " went from " + before + " to " + commit.version()
                        + " by a commit that expected " + commit.expected());
            }
            last.put(commit.link(), commit.version());
        }
    }
}
