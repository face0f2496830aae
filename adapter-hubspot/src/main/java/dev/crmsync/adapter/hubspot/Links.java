package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The association of an object with one other, read and written as if it were a property. Searches, listings and batches of
 * records do not show associations, so they are asked for by themselves, a thousand at a time. A changed association need not
 * move the record's time of change.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/associations">HubSpot: associations</a>
 */
final class Links {
    /** The member of a row under which its associations are noted: for each type the ids. */
    static final String SHOWN = "@associations";

    private static final int READ_BATCH = 1000;

    private final Api api;
    private final ObjectKind kind;

    Links(Api api) {
        this.api = api;
        this.kind = api.kind();
    }

    /** Notes in each row what it is associated with. */
    void show(List<JsonNode> rows) {
        ObjectKind.Link link = kind.link();
        if (link == null) {
            return;
        }
        for (int from = 0; from < rows.size(); from += READ_BATCH) {
            List<JsonNode> some = rows.subList(from, Math.min(rows.size(), from + READ_BATCH));
            ObjectNode body = Json.object();
            some.forEach(row -> body.withArray("inputs").addObject().put("id", Rows.id(row)));
            HttpAnswer answer = api.read(HttpCall.post(api.associations(link, "/batch/read"))
                    .body(body)
                    .reading());
            Map<String, JsonNode> byId = new LinkedHashMap<>();
            Api.body(answer)
                    .path("results")
                    .forEach(result -> byId.put(result.path("from").path("id").asText(""), result.path("to")));
            some.forEach(row -> note(row, link, byId.get(Rows.id(row)), "toObjectId"));
        }
    }

    /** Notes what a single record's own answer shows of its associations. */
    void showOwn(JsonNode row) {
        ObjectKind.Link link = kind.link();
        if (link != null) {
            note(row, link, row.path("associations").path(link.to()).path("results"), "id");
        }
    }

    private static void note(JsonNode row, ObjectKind.Link link, @Nullable JsonNode others, String idField) {
        if (row instanceof ObjectNode object) {
            ArrayNode ids = object.withObjectProperty(SHOWN).putArray(link.to());
            if (others != null) {
                List<String> distinct = new ArrayList<>();
                others.forEach(other -> distinct.add(other.path(idField).asText("")));
                distinct.stream().distinct().filter(id -> !id.isEmpty()).forEach(ids::add);
            }
        }
    }

    /** The id that a write wants its object to be associated with; empty when it says nothing of it. */
    Optional<String> wanted(Write write) {
        ObjectKind.Link link = kind.link();
        NativeValue value = link == null ? null : write.properties().get(link.property());
        return value instanceof NativeValue.Text id && !id.text().isBlank() ? Optional.of(id.text()) : Optional.empty();
    }

    /** Whether a write wants an association to be taken away, which is not done: it may be one that a person made. */
    boolean severs(Write write) {
        ObjectKind.Link link = kind.link();
        NativeValue value = link == null ? null : write.properties().get(link.property());
        return value != null && value.isBlank();
    }

    /** The associations that a new object brings along. */
    ArrayNode inline(Write write) {
        ArrayNode associations = Json.object().putArray("associations");
        wanted(write).ifPresent(id -> {
            ObjectNode association = associations.addObject();
            association.putObject("to").put("id", id);
            association
                    .putArray("types")
                    .addObject()
                    .put("associationCategory", "HUBSPOT_DEFINED")
                    .put(
                            "associationTypeId",
                            kind.link() == null ? 0 : kind.link().typeId());
        });
        return associations;
    }

    /**
     * Associates objects with others. Doing so again changes nothing. What fails together is tried one by one.
     *
     * @param others the other's id by the object's own
     * @return the ids of the objects whose association cannot be vouched for, with what was answered
     */
    Map<String, String> associate(Map<String, String> others) {
        Map<String, String> open = new LinkedHashMap<>();
        ObjectKind.Link link = kind.link();
        if (others.isEmpty() || link == null) {
            return open;
        }
        ObjectNode body = Json.object();
        others.forEach((own, other) -> {
            ObjectNode input = body.withArray("inputs").addObject();
            input.putObject("from").put("id", own);
            input.putObject("to").put("id", other);
        });
        HttpReply reply = api.send(HttpCall.post(api.associations(link, "/batch/associate/default"))
                .body(body));
        boolean done = reply instanceof HttpAnswer answer
                && answer.ok()
                && answer.json().filter(json -> json.path("errors").isEmpty()).isPresent();
        if (!done && others.size() > 1) {
            others.forEach((own, other) -> open.putAll(associate(Map.of(own, other))));
        } else if (!done) {
            others.keySet().forEach(own -> open.put(own, String.valueOf(reply)));
        }
        return open;
    }
}
