package dev.crmsync.memory;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.ReviewRow;
import dev.crmsync.spi.store.Unit;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that is kept for one sync. */
final class SyncTables {
    final LinkTable links = new LinkTable();
    final InboxTable inbox = new InboxTable();
    final DueTable due;
    final JournalTable journal = new JournalTable();
    final NavigableMap<String, ReviewRow> reviews = new TreeMap<>();
    final NavigableMap<String, DeadLetterRow> deadLetters = new TreeMap<>();
    final NavigableMap<String, Bytes> cursors = new TreeMap<>();

    SyncTables(String sync) {
        due = new DueTable(sync);
    }

    /** Applies a unit when it wins. Nothing may fail once its links are admitted. */
    boolean apply(Unit unit) {
        if (!links.admits(unit.links())) {
            return false;
        }
        links.apply(unit.links());
        unit.erased().forEach(journal::forget);
        unit.journal().forEach(journal::append);
        unit.due().forEach(due::change);
        unit.wakes().forEach(due::wake);
        unit.reviews().forEach(review -> reviews.put(review.id(), review));
        unit.deadLetters().forEach(letter -> deadLetters.put(letter.id(), letter));
        unit.deadLettersGone().forEach(deadLetters::remove);
        unit.erased().forEach(this::eraseValues);
        inbox.accept(unit.inbox());
        unit.inboxDone().forEach(inbox::done);
        unit.cursors().forEach((name, value) -> {
            if (value.size() == 0) {
                cursors.remove(name);
            } else {
                cursors.put(name, value);
            }
        });
        return true;
    }

    private void eraseValues(String link) {
        reviews.replaceAll((id, review) -> review.link().equals(link)
                ? new ReviewRow(id, link, review.kind(), review.openedAt(), review.closedAt(), review.skeleton(), null)
                : review);
        deadLetters.replaceAll((id, letter) -> link.equals(letter.link())
                ? new DeadLetterRow(id, letter.system(), link, letter.kind(), letter.reason(), letter.at(), null)
                : letter);
    }

    static <V> NavigableMap<String, V> beyond(NavigableMap<String, V> rows, @Nullable String after) {
        return after == null ? rows : rows.tailMap(after, false);
    }
}
