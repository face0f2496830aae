package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Change;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of each person, field by field: the only place that tells of user agents. Guarded by the stand-in's lock. */
final class PipedriveHistory {
    private static final int MOST = 100;
    /** The older edition's names. */
    private static final Map<String, String> NAMES = Map.of("emails", "email", "phones", "phone");

    private final Parts parts;
    private final PipedriveState state;

    PipedriveHistory(Parts parts, PipedriveState state) {
        this.parts = parts;
        this.state = state;
    }

    void created(PipedriveKind kind, Item item, PipedriveOrigin origin) {
        if (kind == PipedriveKind.PERSON) {
            add(item, "add_time", null, PipedriveTimes.legacy(item.addTime), origin);
        }
    }

    void changed(PipedriveKind kind, Item item, PipedriveDiff diff, PipedriveOrigin origin) {
        if (kind == PipedriveKind.PERSON) {
            each(diff.before(), diff.changed(), item, origin);
            each(diff.before().path("custom_fields"), diff.changed().path("custom_fields"), item, origin);
        }
    }

    /** The changes of a person, the latest first. */
    List<Change> of(Item item) {
        List<Change> changes = new ArrayList<>(state.history.getOrDefault(item.id, List.of()));
        java.util.Collections.reverse(changes);
        return changes;
    }

    private void each(JsonNode before, JsonNode changed, Item item, PipedriveOrigin origin) {
        before.properties().forEach(e -> {
            if (!e.getKey().equals("custom_fields")) {
                String name = NAMES.getOrDefault(e.getKey(), e.getKey());
                add(item, name, text(e.getValue()), text(changed.path(e.getKey())), origin);
            }
        });
    }

    private void add(Item item, String field, @Nullable String before, @Nullable String after, PipedriveOrigin origin) {
        Change change = new Change();
        change.field = field;
        change.before = before;
        change.after = after;
        change.userId = origin.userId();
        change.at = parts.clock().millis();
        change.source = origin.source();
        change.agent = origin.agent();
        change.bulk = origin.bulk();
        List<Change> changes = state.history.computeIfAbsent(item.id, fresh -> new ArrayList<>());
        changes.add(change);
        if (changes.size() > MOST) {
            changes.remove(0);
        }
    }

    /** Emails and phones are told as plain values. */
    private static @Nullable String text(JsonNode value) {
        if (value.path(0).has("value")) {
            List<String> values = new ArrayList<>();
            value.forEach(one -> values.add(one.path("value").asText()));
            return String.join(", ", values);
        }
        return value.isNull() || value.isMissingNode() ? null : value.isValueNode() ? value.asText() : Json.text(value);
    }
}
