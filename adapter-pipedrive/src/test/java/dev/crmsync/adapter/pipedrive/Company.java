package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Answer;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Seen;
import dev.crmsync.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A company that remembers: persons, deals, activities, fields, users and webhooks, as far as the facts tell of them. */
final class Company implements Function<Seen, Answer> {
    static final String KEY = "a".repeat(40);
    static final String TICKET_KEY = "b".repeat(40);
    static final String SEGMENT = "c".repeat(40);

    private static final Pattern RECORDS =
            Pattern.compile("/(?:api/v2|v1)/(persons|deals|activities|notes|leads)(?:/([^/]+))?");
    private static final Pattern FIELDS =
            Pattern.compile("/api/v2/(personFields|dealFields)(?:/([a-z0-9_]+)/options)?");
    private static final Set<String> OF_PERSONS =
            Set.of("name", "owner_id", "org_id", "emails", "phones", "label_ids", "visible_to", "custom_fields");

    final Map<String, ObjectNode> records = new LinkedHashMap<>();
    final Map<String, List<ObjectNode>> fields = new LinkedHashMap<>();
    final List<ObjectNode> webhooks = new ArrayList<>();
    final Set<String> unindexed = new HashSet<>();
    final ObjectNode me = Json.object().put("id", 77).put("company_id", 4242).put("is_admin", true);
    Instant clock = FakePipedrive.NOW.minusSeconds(3600);
    int page = 500;

    private int next = 100;

    Company() {
        fields.put(
                "personFields",
                new ArrayList<>(List.of(
                        field("label_ids", "Labels", "set", "1", "Hot", "2", "Cold"),
                        field(KEY, "Kirim contact id", "varchar"),
                        field(SEGMENT, "Segment", "enum", "31", "Gold", "32", "Silver"))));
        fields.put("dealFields", new ArrayList<>(List.of(field(TICKET_KEY, "Kirim conversation id", "varchar"))));
    }

    static ObjectNode field(String code, String name, String type, String... options) {
        ObjectNode field =
                Json.object().put("field_code", code).put("field_name", name).put("field_type", type);
        ArrayNode list = field.putArray("options");
        for (int i = 0; i < options.length; i += 2) {
            list.addObject().put("id", Integer.parseInt(options[i])).put("label", options[i + 1]);
        }
        return field;
    }

    ObjectNode person(String id) {
        return records.get("persons/" + id);
    }

    /** Somebody adds a record, as of the company's clock. */
    ObjectNode add(String plural, String id, ObjectNode row) {
        if (id.contains("-")) {
            row.put("id", id);
        } else {
            row.put("id", Long.parseLong(id));
        }
        row.put("add_time", clock.toString())
                .put("update_time", clock.toString())
                .put("is_deleted", false);
        records.put(plural + "/" + id, row);
        return row;
    }

    ObjectNode addPerson(String id, String name) {
        ObjectNode row = Json.object().put("name", name).put("owner_id", 77);
        row.putArray("emails");
        row.putArray("phones");
        row.putArray("label_ids");
        row.putObject("custom_fields").putNull(KEY).putNull(SEGMENT);
        return add("persons", id, row);
    }

    ObjectNode addDeal(String id, String status, int stage) {
        ObjectNode row = Json.object()
                .put("title", "Talk")
                .put("status", status)
                .put("stage_id", stage)
                .put("pipeline_id", 1)
                .put("person_id", 5)
                .put("owner_id", 77)
                .put("is_archived", false);
        row.putObject("custom_fields").put(TICKET_KEY, "cnv_" + id);
        return add("deals", id, row);
    }

    static ObjectNode address(String value, String label, boolean primary) {
        return Json.object().put("value", value).put("label", label).put("primary", primary);
    }

    @Override
    public synchronized Answer apply(Seen request) {
        boolean known = FakePipedrive.TOKEN.equals(request.headers().get("x-api-token"))
                || ("Bearer " + FakePipedrive.TOKEN).equals(request.headers().get("Authorization"));
        if (!known) {
            return Answer.of(401, FakePipedrive.error("unauthorized access").put("errorCode", 401));
        }
        Matcher record = RECORDS.matcher(request.path());
        Matcher field = FIELDS.matcher(request.path());
        if (request.path().endsWith("/archived")) {
            return archived(request);
        } else if (record.matches()) {
            return records(request, record.group(1), record.group(2));
        } else if (field.matches()) {
            return fields(request, fields.get(field.group(1)), field.group(2));
        } else if (request.path().equals("/api/v2/itemSearch/field")) {
            return search(request);
        } else if (request.path().startsWith("/v1/webhooks")) {
            return webhooks(request);
        } else if (request.path().equals("/v1/users/me")) {
            return Answer.of(200, FakePipedrive.data(me));
        }
        return Answer.of(404, FakePipedrive.error("Not found"));
    }

    private Answer records(Seen request, String plural, String id) {
        if (id == null) {
            return request.method().equals("POST") ? create(request, plural) : list(request, plural);
        }
        ObjectNode row = records.get(plural + "/" + id);
        if (row == null) {
            return Answer.of(404, FakePipedrive.error("Person not found"));
        } else if (request.method().equals("GET")) {
            return Answer.of(200, FakePipedrive.data(row));
        }
        Answer refused = refuse(request, plural);
        if (refused != null) {
            return refused;
        }
        clock = clock.plusSeconds(1);
        write(row, request.body());
        return Answer.of(200, FakePipedrive.data(row));
    }

    private Answer create(Seen request, String plural) {
        Answer refused = refuse(request, plural);
        if (refused != null) {
            return refused;
        }
        clock = clock.plusSeconds(1);
        String id = plural.equals("leads") ? "adf21080-0e10-11eb-879b-05d71fb42" + next++ : Integer.toString(next++);
        ObjectNode row = plural.equals("persons") ? addPerson(id, "") : add(plural, id, Json.object());
        if (plural.equals("leads")) {
            row.put("is_archived", false);
        }
        if (plural.equals("deals")) {
            row.put("status", "open").put("stage_id", 1).put("pipeline_id", 1);
        }
        write(row, request.body());
        return Answer.of(201, FakePipedrive.data(row));
    }

    /** The second version takes what it knows and nothing else, and no empty list of options. */
    private static Answer refuse(Seen request, String plural) {
        for (var member : request.body().properties()) {
            if (plural.equals("persons") && !OF_PERSONS.contains(member.getKey())) {
                return Answer.of(
                        400,
                        FakePipedrive.error("Validation failed: " + member.getKey() + ": unknown")
                                .put("code", "ERR_SCHEMA_VALIDATION_FAILED"));
            }
        }
        for (var custom : request.body().path("custom_fields").properties()) {
            if (custom.getValue().isArray() && custom.getValue().isEmpty()) {
                return Answer.of(400, FakePipedrive.error("custom_fields." + custom.getKey() + " may not be empty"));
            }
        }
        return null;
    }

    private void write(ObjectNode row, JsonNode body) {
        body.properties().forEach(member -> {
            if (member.getKey().equals("custom_fields")) {
                row.withObjectProperty("custom_fields").setAll((ObjectNode) member.getValue());
            } else if (member.getKey().equals("emails") || member.getKey().equals("phones")) {
                row.set(member.getKey(), addresses(member.getValue()));
            } else {
                row.set(member.getKey(), member.getValue());
            }
        });
        row.put("update_time", clock.toString());
    }

    /** One is primary, the first where none is said to be, and each has a label. */
    private static ArrayNode addresses(JsonNode given) {
        ArrayNode addresses = Json.array();
        boolean marked = given.findValues("primary").stream().anyMatch(JsonNode::asBoolean);
        for (JsonNode one : given) {
            addresses
                    .addObject()
                    .put("label", one.path("label").asText("work"))
                    .put("value", one.path("value").asText())
                    .put("primary", marked ? one.path("primary").asBoolean() : addresses.size() == 1);
        }
        return addresses;
    }

    private Answer list(Seen request, String plural) {
        Map<String, String> query = request.query();
        List<String> ids = List.of(query.getOrDefault("ids", "").split(","));
        List<ObjectNode> rows = new ArrayList<>();
        records.forEach((key, row) -> {
            boolean among =
                    !query.containsKey("ids") || ids.contains(row.path("id").asText());
            boolean since = !query.containsKey("updated_since")
                    || !Instant.parse(row.path("update_time").asText())
                            .isBefore(Instant.parse(query.get("updated_since")));
            boolean there = !row.path("is_deleted").asBoolean()
                    && !row.path("is_archived").asBoolean();
            if (key.startsWith(plural + "/") && among && since && there) {
                rows.add(row);
            }
        });
        String order =
                query.getOrDefault("sort_by", query.getOrDefault("sort", "id").split(" ")[0]);
        rows.sort((a, b) -> order.equals("update_time")
                ? a.path(order).asText().compareTo(b.path(order).asText())
                : Long.compare(a.path("id").asLong(), b.path("id").asLong()));
        if (query.getOrDefault("sort", query.getOrDefault("sort_direction", ""))
                .toLowerCase(Locale.ROOT)
                .endsWith("desc")) {
            Collections.reverse(rows);
        }
        int from = Integer.parseInt(query.getOrDefault("cursor", query.getOrDefault("start", "0")));
        int to = Math.min(rows.size(), from + page);
        ObjectNode body =
                FakePipedrive.list(rows.subList(Math.min(from, to), to).toArray(JsonNode[]::new));
        ObjectNode more = body.putObject("additional_data");
        if (request.path().startsWith("/api/v2")) {
            more.put("next_cursor", to < rows.size() ? Integer.toString(to) : null);
        } else {
            more.putObject("pagination")
                    .put("more_items_in_collection", to < rows.size())
                    .put("next_start", to);
        }
        return Answer.of(200, body);
    }

    private Answer archived(Seen request) {
        String plural = request.path().split("/")[request.path().split("/").length - 2];
        List<ObjectNode> rows = new ArrayList<>();
        records.forEach((key, row) -> {
            if (key.startsWith(plural + "/") && row.path("is_archived").asBoolean()) {
                rows.add(row);
            }
        });
        return Answer.of(200, FakePipedrive.list(rows.toArray(JsonNode[]::new)));
    }

    private Answer fields(Seen request, List<ObjectNode> known, String code) {
        if (code != null) {
            ObjectNode field = known.stream()
                    .filter(one -> one.path("field_code").asText().equals(code))
                    .findFirst()
                    .orElseThrow();
            request.body()
                    .forEach(option -> field.withArray("options")
                            .addObject()
                            .put("id", next++)
                            .put("label", option.path("label").asText()));
            return Answer.of(200, FakePipedrive.data(field.path("options")));
        } else if (request.method().equals("POST")) {
            ObjectNode made = field(
                    String.format("%040x", next++),
                    request.body().path("field_name").asText(),
                    request.body().path("field_type").asText());
            known.add(made);
            return Answer.of(201, FakePipedrive.data(made));
        }
        return Answer.of(200, FakePipedrive.list(known.toArray(JsonNode[]::new)));
    }

    /** To the letter, and not at once. */
    private Answer search(Seen request) {
        String plural = request.query().get("entity_type") + "s";
        ArrayNode hits = Json.array();
        records.forEach((key, row) -> {
            JsonNode held = (plural.equals("leads") ? row : row.path("custom_fields"))
                    .path(request.query().get("field"));
            if (key.startsWith(plural + "/")
                    && !unindexed.contains(key)
                    && held.asText().equals(request.query().get("term"))) {
                hits.addObject().set("id", row.path("id"));
            }
        });
        return Answer.of(200, FakePipedrive.data(hits));
    }

    private Answer webhooks(Seen request) {
        if (request.method().equals("POST")) {
            ObjectNode row =
                    ((ObjectNode) request.body()).deepCopy().put("id", next++).put("is_active", 1);
            webhooks.add(row);
            return Answer.of(201, FakePipedrive.data(row));
        } else if (request.method().equals("DELETE")) {
            String id = request.path().substring(request.path().lastIndexOf('/') + 1);
            boolean gone = webhooks.removeIf(row -> row.path("id").asText().equals(id));
            return gone
                    ? Answer.of(200, Json.object().put("success", true))
                    : Answer.of(404, FakePipedrive.error("Webhook not found"));
        }
        return Answer.of(200, FakePipedrive.list(webhooks.toArray(JsonNode[]::new)));
    }
}
