package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HubSpot's endpoints for single objects of one type, their listing, merge and erasure. */
final class HubSpotObjectsApi {
    private final ObjectType type;
    private final HubSpotState state;
    private final HubSpotBook book;
    private final HubSpotShapes shapes;
    private final HubSpotLinks links;
    private final Supplier<Origin> api;

    HubSpotObjectsApi(
            ObjectType type,
            HubSpotState state,
            HubSpotBook book,
            HubSpotShapes shapes,
            HubSpotLinks links,
            Supplier<Origin> api) {
        this.type = type;
        this.links = links;
        this.state = state;
        this.book = book;
        this.shapes = shapes;
        this.api = api;
    }

    void addTo(Routes routes, HubSpotSearch search) {
        for (String base : type.bases("objects")) {
            routes.on("POST", base + "/search", call -> search.search(call.request()))
                    .on("GET", base, this::list)
                    .on("POST", base, this::create)
                    .on("GET", base + "/{id}", this::get)
                    .on("PATCH", base + "/{id}", this::patch)
                    .on("DELETE", base + "/{id}", this::archive);
            if (type.merges()) {
                routes.on("POST", base + "/merge", this::merge);
            }
            if (type.equals(ObjectType.CONTACTS)) {
                routes.on("POST", base + "/gdpr-delete", this::erase);
            }
        }
    }

    private Reply list(Call call) {
        int limit = limit(call.request().query("limit"));
        boolean archived = Boolean.parseBoolean(call.request().query("archived"));
        String raw = call.request().query("after");
        long after = after(raw);
        List<String> properties = names(call, "properties");
        List<String> historic = names(call, "propertiesWithHistory");
        List<String> with = names(call, "associations");
        ArrayNode results = Json.array();
        String last = "";
        boolean more = false;
        for (Map.Entry<Long, CrmObject> entry :
                state.shelf(type).objects.tailMap(after, false).entrySet()) {
            CrmObject object = entry.getValue();
            if (object.archived != archived) {
                continue;
            }
            if (results.size() == limit) {
                more = true;
                break;
            }
            ObjectNode record = shown(object, properties, historic);
            results.add(links.shown(record, new HubSpotLinks.End(type, object.id), with));
            last = object.id;
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
        List<HubSpotLinks.End> with = links.asked(type, body.path("associations"));
        CrmObject made = book.create(body.path("properties"), api.get(), true);
        with.forEach(end -> links.link(new HubSpotLinks.End(type, made.id), end, api.get()));
        return Reply.json(201, shapes.whole(made));
    }

    private Reply get(Call call) {
        boolean archived = Boolean.parseBoolean(call.request().query("archived"));
        CrmObject object = book.find(call.param("id"), call.request().query("idProperty"));
        if (object == null || object.archived != archived) {
            throw HubSpotErrors.notFound("");
        }
        ObjectNode record = shown(object, names(call, "properties"), names(call, "propertiesWithHistory"));
        return Reply.json(200, links.shown(record, new HubSpotLinks.End(type, object.id), names(call, "associations")));
    }

    private Reply patch(Call call) {
        CrmObject object = book.live(call.param("id"), call.request().query("idProperty"));
        Map<String, String> stored = book.update(object, call.request().json().path("properties"), api.get());
        return Reply.json(200, shapes.record(object, stored.keySet()));
    }

    private Reply archive(Call call) {
        CrmObject object = book.byId(call.param("id"));
        if (object == null) {
            throw HubSpotErrors.notFound("");
        }
        book.archive(object, api.get());
        return Reply.empty(204);
    }

    private Reply merge(Call call) {
        JsonNode body = call.request().json();
        CrmObject primary = book.live(body.path("primaryObjectId").asText(), null);
        CrmObject secondary = book.live(body.path("objectIdToMerge").asText(), null);
        return Reply.json(200, shapes.whole(book.merge(primary, secondary, api.get())));
    }

    private Reply erase(Call call) {
        JsonNode body = call.request().json();
        String idProperty = body.path("idProperty").asText("");
        CrmObject object = book.find(body.path("objectId").asText(), idProperty);
        if (object == null) {
            throw HubSpotErrors.notFound("");
        }
        book.erase(object, api.get());
        return Reply.empty(204);
    }

    private ObjectNode shown(CrmObject object, List<String> properties, List<String> historic) {
        ObjectNode record = shapes.record(object, properties.isEmpty() ? historic : properties);
        if (!historic.isEmpty()) {
            shapes.addHistory(record, object, historic);
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
