package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Filter;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Saved filters, which people make and lists are narrowed by: here each looks at one value of a record. Guarded by the stand-in's
 * lock.
 */
final class PipedriveFilters {
    private static final Set<String> TYPES =
            Set.of("deals", "leads", "org", "people", "products", "activity", "projects");

    private final Parts parts;
    private final PipedriveState state;

    PipedriveFilters(Parts parts, PipedriveState state) {
        this.parts = parts;
        this.state = state;
    }

    void addTo(Routes routes) {
        for (String base : PipedrivePaths.v1("filters")) {
            routes.on("GET", base, this::list);
        }
    }

    private Reply list(Call call) {
        String type = call.request().query("type");
        if (type != null && !TYPES.contains(type)) {
            throw PipedriveErrors.invalid(
                    "type: must be one of " + TYPES.stream().sorted().toList());
        }
        ArrayNode data = Json.array();
        state.filters.values().stream()
                .filter(one -> type == null || one.type.equals(type))
                .forEach(one -> data.add(shown(one)));
        return PipedrivePages.data(200, data);
    }

    /** What somebody makes in the pages: those whose value of a standard or custom field is, or holds, this one. */
    ObjectNode make(JsonNode body) {
        Filter filter = new Filter();
        filter.type = body.path("type").asText("people");
        filter.field = body.path("field").asText("");
        if (!TYPES.contains(filter.type) || filter.field.isBlank()) {
            throw new IllegalArgumentException("A filter wants a type and a field");
        }
        filter.id = state.next("filter");
        filter.name = body.path("name").asText("A filter");
        filter.value = body.path("value").asText("");
        filter.addTime = parts.clock().millis();
        state.filters.put(filter.id, filter);
        parts.changed().run();
        return shown(filter);
    }

    /** The rows that the filter of a request lets in; one that is not there, or is of other records, refuses the request. */
    Predicate<Item> wanted(Request request, PipedriveKind kind) {
        if (request.query("filter_id") == null) {
            return item -> true;
        }
        Filter filter = state.filters.get(PipedrivePages.number(request, "filter_id", 0));
        String type = switch (kind) {
            case PERSON -> "people";
            case ACTIVITY -> "activity";
            default -> kind.plural();
        };
        if (filter == null || !filter.type.equals(type)) {
            throw PipedriveErrors.invalid("filter_id: there is no such filter of " + kind.plural());
        }
        return item -> holds(item, filter);
    }

    private static boolean holds(Item item, Filter filter) {
        JsonNode held = item.values.has(filter.field)
                ? item.values.path(filter.field)
                : item.values.path("custom_fields").path(filter.field);
        if (!held.isArray()) {
            return Objects.equals(held.asText(), filter.value);
        }
        boolean found = false;
        for (JsonNode one : held) {
            found |= one.path("value").asText(one.asText()).equals(filter.value);
        }
        return found;
    }

    private static ObjectNode shown(Filter filter) {
        return Json.object()
                .put("id", filter.id)
                .put("name", filter.name)
                .put("active_flag", true)
                .put("type", filter.type)
                .put("temporary_flag", false)
                .put("add_time", PipedriveTimes.legacy(filter.addTime))
                .put("update_time", PipedriveTimes.legacy(filter.addTime));
    }
}
