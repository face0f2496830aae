package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotState.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HubSpot's endpoints for single contacts, lists, merge and erasure. */
final class HubSpotContactsApi {
    /** The numbered path and the dated ones; their bodies are the same. */
    static final List<String> BASES = List.of(
            "/crm/v3/objects/contacts",
            "/crm/v3/objects/0-1",
            "/crm/objects/2026-03/contacts",
            "/crm/objects/2026-03/0-1",
            "/crm/objects/2026-09/contacts",
            "/crm/objects/2026-09/0-1");

    private final HubSpotState state;
    private final HubSpotBook book;
    private final HubSpotShapes shapes;
    private final Supplier<Origin> api;

    HubSpotContactsApi(HubSpotState state, HubSpotBook book, HubSpotShapes shapes, Supplier<Origin> api) {
        this.state = state;
        this.book = book;
        this.shapes = shapes;
        this.api = api;
    }

    void addTo(Routes routes, HubSpotSearch search) {
        for (String base : BASES) {
            routes.on("POST", base + "/search", call -> search.search(call.request()))
                    .on("POST", base + "/merge", this::merge)
                    .on("POST", base + "/gdpr-delete", this::erase)
                    .on("GET", base, this::list)
                    .on("POST", base, this::create)
                    .on("GET", base + "/{id}", this::get)
                    .on("PATCH", base + "/{id}", this::patch)
                    .on("DELETE", base + "/{id}", this::archive);
        }
    }

    private Reply list(Call call) {
        int limit = limit(call.request().query("limit"));
        boolean archived = Boolean.parseBoolean(call.request().query("archived"));
        String raw = call.request().query("after");
        long after = after(raw);
        List<String> properties = names(call, "properties");
        List<String> historic = names(call, "propertiesWithHistory");
        ArrayNode results = Json.array();
        String last = "";
        boolean more = false;
        for (Map.Entry<Long, Contact> entry :
                state.contacts.tailMap(after, false).entrySet()) {
            Contact contact = entry.getValue();
            if (contact.archived != archived) {
                continue;
            }
            if (results.size() == limit) {
                more = true;
                break;
            }
            results.add(shown(contact, properties, historic));
            last = contact.id;
        }
        ObjectNode page = Json.object().set("results", results);
        if (more) {
            page.putObject("paging").putObject("next").put("after", last).put("link", "?after=" + last);
        }
        return Reply.json(200, page);
    }

    private static int limit(@Nullable String raw) {
        try {
            int limit = raw == null ? 10 : Integer.parseInt(raw);
            if (limit >= 1 && limit <= 100) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, as for any other bad limit.
        }
        throw HubSpotErrors.validation("limit must be between 1 and 100");
    }

    private static long after(@Nullable String raw) {
        try {
            return raw == null || raw.isEmpty() ? 0 : Long.parseLong(raw);
        } catch (NumberFormatException e) {
            throw HubSpotErrors.validation("after is no cursor of this list");
        }
    }

    private Reply create(Call call) {
        JsonNode body = call.request().json();
        return Reply.json(201, shapes.whole(book.create(body.path("properties"), api.get(), true)));
    }

    private Reply get(Call call) {
        boolean archived = Boolean.parseBoolean(call.request().query("archived"));
        Contact contact = book.find(call.param("id"), call.request().query("idProperty"));
        if (contact == null || contact.archived != archived) {
            throw HubSpotErrors.notFound("");
        }
        return Reply.json(200, shown(contact, names(call, "properties"), names(call, "propertiesWithHistory")));
    }

    private Reply patch(Call call) {
        Contact contact = book.live(call.param("id"), call.request().query("idProperty"));
        Map<String, String> stored = book.update(contact, call.request().json().path("properties"), api.get());
        return Reply.json(200, shapes.record(contact, stored.keySet()));
    }

    private Reply archive(Call call) {
        Contact contact = book.byId(call.param("id"));
        if (contact == null) {
            throw HubSpotErrors.notFound("");
        }
        book.archive(contact, api.get());
        return Reply.empty(204);
    }

    private Reply merge(Call call) {
        JsonNode body = call.request().json();
        Contact primary = book.live(body.path("primaryObjectId").asText(), null);
        Contact secondary = book.live(body.path("objectIdToMerge").asText(), null);
        return Reply.json(200, shapes.whole(book.merge(primary, secondary, api.get())));
    }

    private Reply erase(Call call) {
        JsonNode body = call.request().json();
        String idProperty = body.path("idProperty").asText("");
        Contact contact = book.find(body.path("objectId").asText(), idProperty);
        if (contact == null) {
            throw HubSpotErrors.notFound("");
        }
        book.erase(contact, api.get());
        return Reply.empty(204);
    }

    private ObjectNode shown(Contact contact, List<String> properties, List<String> historic) {
        ObjectNode record = shapes.record(contact, properties.isEmpty() ? historic : properties);
        if (!historic.isEmpty()) {
            shapes.addHistory(record, contact, historic);
        }
        return record;
    }

    /** "a,b" and repeated parameters alike. */
    private static List<String> names(Call call, String parameter) {
        List<String> names = new ArrayList<>();
        for (String value : call.request().query().getOrDefault(parameter, List.of())) {
            for (String name : value.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }
}
