package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import java.util.Comparator;

/**
 * What a write changes.
 *
 * @param after all values afterwards, without nulls
 * @param before the old values of what changed, null where there was none; custom fields are an object among them
 * @param changed the new values of the same, null where there is none
 */
record PipedriveDiff(ObjectNode after, ObjectNode before, ObjectNode changed) {
    private static final String CUSTOMS = "custom_fields";
    // 3 and 3.0, and the two widths of an integer, are the same number.
    private static final Comparator<JsonNode> SAME = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    };

    static PipedriveDiff of(ObjectNode old, ObjectNode values) {
        PipedriveDiff diff = new PipedriveDiff(old.deepCopy(), Json.object(), Json.object());
        values.properties().forEach(e -> {
            if (!e.getKey().equals(CUSTOMS)) {
                diff.put(diff.after, diff.before, diff.changed, e.getKey(), e.getValue());
            }
        });
        ObjectNode customs = diff.after.withObjectProperty(CUSTOMS);
        ObjectNode before = Json.object();
        ObjectNode changed = Json.object();
        values.path(CUSTOMS).properties().forEach(e -> diff.put(customs, before, changed, e.getKey(), e.getValue()));
        if (!before.isEmpty()) {
            diff.before.set(CUSTOMS, before);
            diff.changed.set(CUSTOMS, changed);
        }
        return diff;
    }

    boolean isEmpty() {
        return before.isEmpty();
    }

    private void put(ObjectNode into, ObjectNode was, ObjectNode is, String key, JsonNode value) {
        JsonNode held = into.get(key);
        JsonNode old = held == null ? Json.MAPPER.nullNode() : held;
        if (!old.equals(SAME, value)) {
            was.set(key, old);
            is.set(key, value);
            if (value.isNull()) {
                into.remove(key);
            } else {
                into.set(key, value);
            }
        }
    }
}
