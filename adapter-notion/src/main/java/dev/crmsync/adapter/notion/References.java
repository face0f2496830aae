package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The people or pages that a property lists. A write replaces all of them, so it is made from all that stand there. Groups, which a
 * property of people may list too, are nobody's business here, and stay behind the people.
 */
final class References {
    private final List<String> ids = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    /**
     * @param entries the entries as Notion shows them
     */
    References(JsonNode entries) {
        for (JsonNode entry : entries) {
            boolean group = entry.path("object").asText("").equals("group");
            Ids.of(entry.path("id")).ifPresent((group ? groups : ids)::add);
        }
    }

    /** The first, which stands for a field of one value. */
    NativeValue first() {
        return ids.isEmpty() ? NativeValue.EMPTY : NativeValue.text(ids.get(0));
    }

    /** All of them; null when one cannot be named, for it would look as if it had been taken off. */
    static @Nullable NativeValue all(JsonNode entries) {
        References all = new References(entries);
        return all.ids.size() + all.groups.size() == entries.size()
                ? new NativeValue.Items(all.ids.stream().map(NativeValue::text).toList())
                : null;
    }

    /** Writes all people or pages at once. */
    void replace(SchemaProperty property, NativeValue value, String nativeName, Draft draft) {
        Set<String> wanted = new LinkedHashSet<>();
        for (NativeValue item : Drafting.list(value)) {
            Optional<String> id = Values.asText(item).flatMap(Ids::of);
            if (id.isEmpty()) {
                draft.refuse(Rejection.INVALID, nativeName, "it takes ids of people or pages");
                return;
            }
            wanted.add(id.get());
        }
        put(property, wanted, nativeName, draft);
    }

    /** Writes the first of several people or pages, which stands for the field, and keeps the others behind it. */
    void replaceFirst(SchemaProperty property, NativeValue value, String nativeName, Draft draft) {
        if (value.isBlank()) {
            if (ids.size() > 1) {
                // The next one would come first, and look like an edit that somebody had made.
                draft.refuse(
                        Rejection.INVALID, nativeName, "there are others beside it, one of which would take its place");
            } else {
                put(property, Set.of(), nativeName, draft);
            }
            return;
        }
        Optional<String> wanted = Values.asText(value).flatMap(Ids::of);
        if (wanted.isEmpty()) {
            draft.refuse(Rejection.INVALID, nativeName, "it takes the id of a person or a page");
            return;
        }
        Set<String> ordered = new LinkedHashSet<>(List.of(wanted.get()));
        ordered.addAll(ids.subList(Math.min(1, ids.size()), ids.size()));
        put(property, ordered, nativeName, draft);
    }

    private void put(SchemaProperty property, Set<String> wanted, String nativeName, Draft draft) {
        if (wanted.size() + groups.size() > Drafting.MOST_ENTRIES) {
            draft.refuse(
                    Rejection.TOO_LONG,
                    nativeName,
                    "a write replaces all entries, and takes " + Drafting.MOST_ENTRIES
                            + " of them: the others would be lost");
            return;
        }
        boolean people = property.type().equals(SchemaProperty.PEOPLE);
        ArrayNode array = Json.array();
        for (String id : wanted) {
            ObjectNode entry = array.addObject().put("id", id);
            if (people) {
                entry.put("object", "user");
            }
        }
        groups.forEach(id -> array.addObject().put("id", id).put("object", "group"));
        draft.put(property, array, nativeName);
    }
}
