package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.admin.Lagging;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.List;

/** What search sees: each record as it was some time ago. Guarded by the stand-in's lock. */
final class PipedriveIndex {
    private final Lagging<Item> items;

    PipedriveIndex(Parts parts) {
        this.items = new Lagging<>(parts, "search.lag_ms", "search.lag_jitter_ms", "index");
    }

    /** Notes that a record changed; search sees it after the delay. */
    void note(Item item) {
        items.note(item.id, item.deleted ? null : item.copy());
    }

    /** Lets search see everything now. */
    void catchUp() {
        items.catchUp();
    }

    void clear() {
        items.clear();
    }

    /** The records that search sees now. */
    List<Item> visible() {
        return items.visible();
    }
}
