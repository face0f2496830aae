package dev.crmsync.testkit.acme;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A contact as Acme keeps it. */
final class AcmeContact {
    final String id;
    final Map<String, String> values = new TreeMap<>();
    Instant updated;
    long sequence;
    boolean deleted;

    @Nullable String into;

    AcmeContact(String id, Instant made) {
        this.id = id;
        this.updated = made;
        AcmeVendor.PROPERTIES.forEach(property -> values.put(property, ""));
    }

    Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("id", id);
        shown.put("updated", updated.toString());
        shown.put("sequence", String.valueOf(sequence));
        if (deleted) {
            shown.put("deleted", "yes");
        }
        if (into != null) {
            shown.put("into", into);
        }
        shown.putAll(values);
        return shown;
    }
}
