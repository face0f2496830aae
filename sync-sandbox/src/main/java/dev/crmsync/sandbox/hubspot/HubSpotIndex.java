package dev.crmsync.sandbox.hubspot;

import dev.crmsync.sandbox.admin.Lagging;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import java.util.List;

/** What search sees: each record as it was some time ago. Guarded by the stand-in's lock. */
final class HubSpotIndex {
    private final Lagging<CrmObject> records;

    HubSpotIndex(Parts parts) {
        this.records = new Lagging<>(parts, "search.index_delay_ms", "search.index_jitter_ms", "index");
    }

    /** Notes that a record changed; search sees it after the delay. */
    void note(CrmObject object) {
        records.note(object.id, object.archived ? null : object.copy());
    }

    /** Notes that a record is no more. */
    void gone(String id) {
        records.note(id, null);
    }

    /** Lets search see everything now. */
    void catchUp() {
        records.catchUp();
    }

    void clear() {
        records.clear();
    }

    /** The records that search sees now. */
    List<CrmObject> visible() {
        return records.visible();
    }
}
