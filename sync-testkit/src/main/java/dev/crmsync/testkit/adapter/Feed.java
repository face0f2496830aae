package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.ChangeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The listing of changes of an account, polled from now on. */
final class Feed {
    /** More pages than any experiment needs: a listing that never catches up is broken. */
    private static final int MOST = 500;

    private final AccountBench bench;
    private final List<ChangeEvent> events = new ArrayList<>();
    private String cursor;

    private Feed(AccountBench bench) {
        this.bench = bench;
        // The only time that every vendor tells is that of a record; what lies before it is of no interest.
        cursor = lists().cursorAt(
                        bench.specimen.type(), bench.found(bench.made()).asOf().from());
    }

    static Feed of(AccountBench bench) {
        bench.can(ListsChanges.class, Operation.LIST_CHANGES);
        bench.needsReads();
        return new Feed(bench);
    }

    private ListsChanges lists() {
        return bench.can(ListsChanges.class);
    }

    String cursor() {
        return cursor;
    }

    /** One page, by an adapter that may be another than before. */
    Page page(ListsChanges lists) {
        Page page = lists.changes(bench.specimen.type(), cursor);
        cursor = Objects.requireNonNull(
                page.next(), "the cursor of a page of changes is null: nothing could be polled on");
        events.addAll(page.events());
        return page;
    }

    /** Polls until there is nothing more, and answers with all there was. */
    List<ChangeEvent> poll() {
        if (bench.account instanceof Lever.Index index) {
            index.refresh();
        }
        for (int pages = 0; ; pages++) {
            AccountBench.that(pages < MOST, "a listing of changes does not catch up: each page has events");
            if (page(lists()).events().isEmpty()) {
                return List.copyOf(events);
            }
        }
    }
}
