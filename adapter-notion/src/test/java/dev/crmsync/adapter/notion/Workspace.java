package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.notion.FakeNotion.Answer;
import dev.crmsync.adapter.notion.FakeNotion.Seen;
import dev.crmsync.http.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A workspace that remembers: data sources, pages, blocks, comments and users, as far as the facts tell of them. */
final class Workspace implements Function<Seen, Answer> {
    static final String CONTACTS = id(0xc0);
    static final String TICKETS = id(0x70);
    static final String DATABASE = id(0xdb);
    static final String BOT = id(0xb0);

    private static final Pattern PATH = Pattern.compile(
            "/v1/(pages|data_sources|databases|blocks|comments|users)(?:/([^/]+))?(?:/([^/]+))?(?:/(.+))?");

    final Map<String, ObjectNode> sources = new LinkedHashMap<>();
    final Map<String, ObjectNode> pages = new LinkedHashMap<>();
    final Map<String, ObjectNode> kept = new LinkedHashMap<>();
    final Map<String, ObjectNode> users = new LinkedHashMap<>();
    final Set<String> unindexed = new TreeSet<>();
    Instant clock = FakeNotion.NOW.minusSeconds(3600);
    int page = 100;
    int cap = 10_000;
    private int next = 0x1000;

    Workspace() {
        source(CONTACTS);
        property(CONTACTS, "title", "Name", "title");
        property(CONTACTS, "em%3A1", "Email", "email");
        property(CONTACTS, "ph%3A1", "Phone", "phone_number");
        property(CONTACTS, "la%3A1", "Labels", "multi_select", "Hot", "Cold");
        property(CONTACTS, "ki%3A1", "Kirim contact id", "rich_text");
        property(CONTACTS, "se%3A1", "Segment", "select", "Gold", "Silver");
        source(TICKETS);
        property(TICKETS, "title", "Title", "title");
        property(TICKETS, "st%3A1", "Status", "status", "Open", "Pending", "Closed");
        property(TICKETS, "co%3A1", "Contact", "relation");
        property(TICKETS, "as%3A1", "Assignee", "people");
        property(TICKETS, "cl%3A1", "Closed at", "rich_text");
        property(TICKETS, "kc%3A1", "Kirim conversation id", "rich_text");
    }

    static String id(int number) {
        return "00000000-0000-4000-8000-%012x".formatted(number);
    }

    ObjectNode source(String id) {
        ObjectNode source = Json.object().put("object", "data_source").put("id", id);
        source.putObject("properties");
        sources.put(id, source);
        return source;
    }

    ObjectNode property(String source, String id, String name, String type, String... options) {
        ObjectNode property = sources.get(source)
                .withObjectProperty("properties")
                .putObject(name)
                .put("id", id)
                .put("name", name)
                .put("type", type);
        ArrayNode list = Json.array();
        for (String option : options) {
            list.addObject().put("id", "opt-" + option).put("name", option);
        }
        property.putObject(type).set("options", list);
        return property;
    }

    /** Somebody adds a page, as of the workspace's clock. */
    ObjectNode add(String source, int number) {
        ObjectNode made = Json.object()
                .put("object", "page")
                .put("id", id(number))
                .put("created_time", minute(clock))
                .put("last_edited_time", minute(clock))
                .put("in_trash", false);
        made.putObject("parent").put("type", "data_source_id").put("data_source_id", source);
        made.putObject("properties");
        pages.put(id(number), made);
        return made;
    }

    ObjectNode contact(int number, String name) {
        ObjectNode made = add(CONTACTS, number);
        set(made, "Name", text(name));
        return made;
    }

    static ArrayNode text(String text) {
        return RichText.of(text).orElseThrow();
    }

    static ArrayNode references(int from, int count) {
        ArrayNode array = Json.array();
        for (int i = 0; i < count; i++) {
            array.addObject().put("id", id(from + i));
        }
        return array;
    }

    /** Sets what a page holds, by the property's name. */
    void set(ObjectNode page, String name, JsonNode value) {
        page.withObjectProperty("properties").set(name, value);
    }

    static String minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString().replace("Z", ".000Z");
    }

    @Override
    public synchronized Answer apply(Seen request) {
        if (!("Bearer " + FakeNotion.TOKEN).equals(request.headers().get("Authorization"))) {
            return Answer.of(401, FakeNotion.error(401, "unauthorized", "API token is invalid."));
        } else if (!"2026-03-11".equals(request.headers().get("Notion-Version"))) {
            return Answer.of(400, FakeNotion.error(400, "missing_version", "Notion-Version header missing."));
        }
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Answer.of(400, FakeNotion.error(400, "invalid_request_url", "Invalid request URL."));
        }
        String id = path.group(2);
        return switch (path.group(1)) {
            case "data_sources" -> sources(request, id, path.group(3));
            case "databases" -> database(id);
            case "pages" -> path.group(4) == null ? pages(request, id) : property(id, path.group(4), request);
            case "blocks" -> blocks(request, id, path.group(3));
            case "comments" -> comments(request, id);
            default -> users(id);
        };
    }

    static Answer missing(String what, String id) {
        return Answer.of(
                404, FakeNotion.error(404, "object_not_found", "Could not find " + what + " with ID: " + id + "."));
    }

    static Answer invalid(String message) {
        return Answer.of(400, FakeNotion.error(400, "validation_error", message));
    }

    private Answer database(String id) {
        if (!id.equals(DATABASE)) {
            return missing("database", id);
        }
        ObjectNode database = Json.object().put("object", "database").put("id", id);
        database.putArray("data_sources").addObject().put("id", CONTACTS).put("name", "People");
        return Answer.of(200, database);
    }

    private Answer sources(Seen request, String id, String query) {
        ObjectNode source = sources.get(id);
        if (source == null) {
            return missing("data_source", id);
        } else if (query != null) {
            return query(id, request.body());
        } else if (request.method().equals("PATCH")) {
            request.body().path("properties").properties().forEach(made -> {
                String type = made.getValue().fieldNames().next();
                List<String> options = new ArrayList<>();
                made.getValue()
                        .path(type)
                        .path("options")
                        .forEach(one -> options.add(one.path("name").asText()));
                property(id, "n" + next++, made.getKey(), type, options.toArray(String[]::new));
            });
        }
        return Answer.of(200, source);
    }

    private Answer query(String source, JsonNode body) {
        JsonNode given = body.path("filter");
        JsonNode filter = Json.object();
        JsonNode property = Json.object();
        for (JsonNode one : given.has("and") ? given.path("and") : Json.array().add(given)) {
            filter = one.has("timestamp") ? one : filter;
            property = one.has("property") ? one : property;
        }
        String time = filter.path("timestamp").asText("");
        String order = body.path("sorts").path(0).path("timestamp").asText();
        List<ObjectNode> rows = new ArrayList<>();
        for (ObjectNode row : pages.values()) {
            boolean here = row.path("parent").path("data_source_id").asText().equals(source)
                    && !row.path("in_trash").asBoolean()
                    && !unindexed.contains(row.path("id").asText());
            boolean since = time.isEmpty()
                    || !Instant.parse(row.path(time).asText())
                            .isBefore(Instant.parse(
                                    filter.path(time).path("on_or_after").asText()));
            if (here && since && bears(row, source, property)) {
                rows.add(row);
            }
        }
        rows.sort((a, b) -> a.path(order).asText().compareTo(b.path(order).asText()));
        boolean capped = rows.size() > cap;
        List<ObjectNode> shown = capped ? rows.subList(0, cap) : rows;
        int from = Integer.parseInt(body.path("start_cursor").asText("0"));
        int to = Math.min(
                shown.size(), from + Math.min(page, body.path("page_size").asInt(100)));
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode results = list.putArray("results");
        shown.subList(Math.min(from, to), to).forEach(row -> results.add(shown(row)));
        list.put("has_more", to < shown.size()).put("next_cursor", to < shown.size() ? Integer.toString(to) : null);
        if (capped && to == shown.size()) {
            list.putObject("request_status")
                    .put("type", "incomplete")
                    .put("incomplete_reason", "query_result_limit_reached");
        }
        return Answer.of(200, list);
    }

    private boolean bears(ObjectNode row, String source, JsonNode filter) {
        if (!filter.has("property")) {
            return true;
        }
        JsonNode property = byId(source, filter.path("property").asText());
        JsonNode held = row.path("properties").path(property.path("name").asText());
        String text = held.isArray() ? RichText.plain(held) : held.asText();
        return text.equals(
                filter.path(property.path("type").asText()).path("equals").asText());
    }

    private JsonNode byId(String source, String id) {
        for (JsonNode property : sources.get(source).path("properties")) {
            String plain = URLDecoder.decode(property.path("id").asText(), StandardCharsets.UTF_8);
            if (property.path("id").asText().equals(id)
                    || plain.equals(id)
                    || property.path("name").asText().equals(id)) {
                return property;
            }
        }
        return Json.object();
    }

    /** A page with its properties by name, of each list no more than 25. */
    private ObjectNode shown(ObjectNode row) {
        ObjectNode page = row.deepCopy();
        String source = row.path("parent").path("data_source_id").asText();
        if (!sources.containsKey(source)) {
            return page;
        }
        ObjectNode properties = page.putObject("properties");
        sources.get(source).path("properties").properties().forEach(entry -> {
            String type = entry.getValue().path("type").asText();
            JsonNode held = row.path("properties").path(entry.getKey());
            ObjectNode shown = properties
                    .putObject(entry.getKey())
                    .put("id", entry.getValue().path("id").asText())
                    .put("type", type);
            boolean cut = Set.of("people", "relation").contains(type) && held.size() > 25;
            if (held.isMissingNode()) {
                boolean list = Set.of("title", "rich_text", "multi_select", "people", "relation")
                        .contains(type);
                shown.set(type, list ? Json.array() : Json.object().nullNode());
            } else if (cut) {
                ArrayNode first = shown.putArray(type);
                for (int i = 0; i < 25; i++) {
                    first.add(held.get(i));
                }
            } else {
                shown.set(type, held);
            }
            if (type.equals("relation")) {
                shown.put("has_more", cut);
            }
        });
        return page;
    }

    private Answer property(String id, String property, Seen request) {
        ObjectNode row = pages.get(id);
        String source = row.path("parent").path("data_source_id").asText();
        JsonNode known = byId(source, URLDecoder.decode(property, StandardCharsets.UTF_8));
        String type = known.path("type").asText();
        JsonNode held = row.path("properties").path(known.path("name").asText());
        int from = Integer.parseInt(request.query().getOrDefault("start_cursor", "0"));
        int to = Math.min(held.size(), from + 100);
        ObjectNode list = Json.object().put("object", "list").put("type", "property_item");
        ArrayNode results = list.putArray("results");
        for (int i = from; i < to; i++) {
            results.addObject().put("object", "property_item").put("type", type).set(type, held.get(i));
        }
        list.put("has_more", to < held.size()).put("next_cursor", to < held.size() ? Integer.toString(to) : null);
        return Answer.of(200, list);
    }

    private Answer pages(Seen request, String id) {
        if (id == null) {
            String source = request.body().path("parent").path("data_source_id").asText();
            if (!sources.containsKey(source)) {
                return missing("data_source", source);
            }
            clock = clock.plusSeconds(1);
            return write(add(source, next++), source, request.body());
        }
        ObjectNode row = pages.get(id);
        if (row == null) {
            return missing("page", id);
        } else if (request.method().equals("GET")) {
            return Answer.of(200, shown(row));
        } else if (row.path("in_trash").asBoolean() && !request.body().has("in_trash")) {
            return invalid("Can't edit block that is archived. You must unarchive the block before editing.");
        }
        clock = clock.plusSeconds(1);
        if (request.body().has("in_trash")) {
            row.set("in_trash", request.body().path("in_trash"));
        }
        return write(row, row.path("parent").path("data_source_id").asText(), request.body());
    }

    private Answer write(ObjectNode row, String source, JsonNode body) {
        for (var entry : body.path("properties").properties()) {
            JsonNode property = byId(source, entry.getKey());
            String type = property.path("type").asText();
            JsonNode value = entry.getValue().path(type);
            if (type.isEmpty() || value.isMissingNode()) {
                return invalid(entry.getKey() + " is not a property that exists.");
            }
            for (JsonNode piece : value) {
                if (piece.path("text").path("content").asText("").length() > 2000) {
                    return invalid("body failed validation: text.content.length should be ≤ `2000`.");
                }
            }
            set(row, property.path("name").asText(), stored(property, type, value));
        }
        row.put("last_edited_time", minute(clock));
        return Answer.of(200, shown(row));
    }

    /** Options are shown with id and name, and a select learns new ones. */
    private static JsonNode stored(JsonNode property, String type, JsonNode value) {
        if (type.equals("multi_select")) {
            ArrayNode options = Json.array();
            value.forEach(option -> options.add(option(property, type, option)));
            return options;
        }
        return value.isObject() && Set.of("select", "status").contains(type) ? option(property, type, value) : value;
    }

    private static ObjectNode option(JsonNode property, String type, JsonNode given) {
        ArrayNode options = (ArrayNode) property.path(type).path("options");
        for (JsonNode option : options) {
            boolean same = given.has("id")
                    ? option.path("id").equals(given.path("id"))
                    : option.path("name").equals(given.path("name"));
            if (same) {
                return option.deepCopy();
            }
        }
        return options.addObject()
                .put("id", "opt-" + given.path("name").asText())
                .put("name", given.path("name").asText())
                .deepCopy();
    }

    private Answer blocks(Seen request, String id, String children) {
        if (children == null) {
            return object(request, id, "block");
        } else if (!pages.containsKey(id)) {
            return missing("block", id);
        } else if (request.method().equals("GET")) {
            return below(id, request.query());
        }
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode results = list.putArray("results");
        request.body().path("children").forEach(given -> results.add(keep(given, id)));
        return Answer.of(200, list.putNull("next_cursor"));
    }

    private Answer comments(Seen request, String id) {
        if (id != null) {
            return object(request, id, "comment");
        } else if (request.method().equals("GET")) {
            return below(request.query().get("block_id"), request.query());
        }
        String page = request.body().path("parent").path("page_id").asText();
        return pages.containsKey(page) ? Answer.of(200, keep(request.body(), page)) : missing("page", page);
    }

    private ObjectNode keep(JsonNode given, String page) {
        ObjectNode made = ((ObjectNode) given).deepCopy();
        made.put("id", id(next++)).put("last_edited_time", minute(clock)).put("created_time", minute(clock));
        made.putObject("parent").put("type", "page_id").put("page_id", page);
        kept.put(made.path("id").asText(), made);
        return made.deepCopy();
    }

    private Answer below(String page, Map<String, String> query) {
        List<ObjectNode> of = kept.values().stream()
                .filter(one -> one.path("parent").path("page_id").asText().equals(page))
                .toList();
        int from = Integer.parseInt(query.getOrDefault("start_cursor", "0"));
        int to = Math.min(of.size(), from + this.page);
        ObjectNode list = Json.object().put("object", "list");
        list.putArray("results").addAll(of.subList(from, to));
        list.put("has_more", to < of.size()).put("next_cursor", to < of.size() ? Integer.toString(to) : null);
        return Answer.of(200, list);
    }

    private Answer object(Seen request, String id, String what) {
        ObjectNode object = kept.get(id);
        if (object == null) {
            return missing(what, id);
        } else if (request.method().equals("PATCH")) {
            object.setAll((ObjectNode) request.body());
        }
        return Answer.of(200, object);
    }

    private Answer users(String id) {
        if (id == null) {
            ObjectNode list = Json.object().put("object", "list");
            list.putArray("results").addAll(users.values());
            return Answer.of(200, list.put("has_more", false).putNull("next_cursor"));
        } else if (id.equals("me")) {
            return Answer.of(
                    200, Json.object().put("object", "user").put("id", BOT).put("type", "bot"));
        }
        return users.containsKey(id) ? Answer.of(200, users.get(id)) : missing("user", id);
    }

    ObjectNode user(int number, String name, String email) {
        ObjectNode user = Json.object()
                .put("object", "user")
                .put("id", id(number))
                .put("type", "person")
                .put("name", name);
        user.putObject("person").put("email", email);
        users.put(id(number), user);
        return user;
    }
}
