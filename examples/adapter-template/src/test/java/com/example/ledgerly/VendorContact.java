package com.example.ledgerly;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A contact as Ledgerly keeps it: every property is there, null when it is empty. */
final class VendorContact {
    static final List<String> TEXTS = List.of("name", "email", "phone", "note", "external_id");

    final String id;
    final ObjectNode values = JsonNodeFactory.instance.objectNode();
    final Instant made;
    Instant updated;
    long sequence;

    @Nullable Instant archived;

    @Nullable String mergedInto;

    VendorContact(String id, Instant made) {
        this.id = id;
        this.made = made;
        this.updated = made;
        TEXTS.forEach(values::putNull);
        values.putArray("tags");
        values.putObject("custom");
    }

    ObjectNode shown() {
        ObjectNode shown = values.deepCopy();
        return shown.put("id", id).put("updated_at", updated.toString());
    }
}
