package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Options that are named, and what becomes of records when options or fields go; nobody is told. Guarded by the stand-in's lock. */
final class PipedriveOptions {
    private final Map<PipedriveKind, PipedriveBook> books;

    PipedriveOptions(Map<PipedriveKind, PipedriveBook> books) {
        this.books = books;
    }

    /** The options that the rows of a body name; one that is not there refuses all. */
    List<Option> named(Field field, JsonNode rows) {
        List<Option> named = new ArrayList<>();
        for (JsonNode row : rows) {
            Option option = field.option(row.path("id").asLong());
            if (option == null) {
                throw PipedriveErrors.invalid(
                        "options: there is no option " + row.path("id").asText());
            }
            named.add(option);
        }
        return named;
    }

    /** Takes options from a field and from the records that hold them. */
    void remove(PipedriveKind kind, Field field, List<Option> options) {
        Set<Long> gone = options.stream().map(one -> one.id).collect(Collectors.toSet());
        field.options.removeAll(options);
        each(kind, item -> {
            JsonNode held =
                    field.custom ? item.values.path("custom_fields").path(field.code) : item.values.path(field.code);
            if (held.isArray()) {
                ArrayNode left = Json.array();
                held.forEach(id -> {
                    if (!gone.contains(id.asLong())) {
                        left.add(id);
                    }
                });
                boolean empty = field.custom && left.isEmpty();
                return put(field, empty ? Json.MAPPER.nullNode() : left);
            }
            return gone.contains(held.asLong()) ? put(field, Json.MAPPER.nullNode()) : Json.object();
        });
    }

    /** Takes a field's values from the records. */
    void forget(PipedriveKind kind, Field field) {
        each(kind, item -> put(field, Json.MAPPER.nullNode()));
    }

    private void each(PipedriveKind kind, java.util.function.Function<Item, ObjectNode> change) {
        books.values().stream()
                .filter(book -> book.kind().hasFields() && book.kind().fieldsOf() == kind)
                .forEach(book -> book.all().forEach(item -> book.move(item, change.apply(item), false)));
    }

    private static ObjectNode put(Field field, JsonNode value) {
        ObjectNode change = Json.object();
        if (field.custom) {
            change.putObject("custom_fields").set(field.code, value);
        } else {
            change.set(field.code, value);
        }
        return change;
    }
}
