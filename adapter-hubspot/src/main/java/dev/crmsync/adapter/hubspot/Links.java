package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Finding two among a hundred that are refused takes 27 calls at most. */
    private static final int MOST_CALLS = 32;

    private static final String NONE_FOUND = "NO_ASSOCIATIONS_FOUND";

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
            note(some, link, Api.body(answer));
        }
    }

    /**
     * Takes over what an answer says of each row. HubSpot counts a record without associations as an error of its own kind;
     * any other error leaves open what the record has, for nothing may be blanked on the word of half an answer.
     */
    private static void note(List<JsonNode> rows, ObjectKind.Link link, JsonNode body) {
        Map<String, JsonNode> byId = new LinkedHashMap<>();
        body.path("results")
                .forEach(result -> byId.put(result.path("from").path("id").asText(""), result));
        Set<String> bare = new HashSet<>();
        boolean whole = body.path("results").isArray()
                && body.path("numErrors").asInt(0) <= body.path("errors").size();
        for (JsonNode error : body.path("errors")) {
            boolean none = Refusal.of(error).names(NONE_FOUND);
            whole &= none;
            if (none) {
                error.path("context").path("fromObjectId").forEach(id -> bare.add(id.asText("")));
            }
        }
        for (JsonNode row : rows) {
            JsonNode result = byId.get(Rows.id(row));
            if (result != null) {
                note(row, link, result, result.path("to"), "toObjectId");
            } else if (whole || bare.contains(Rows.id(row))) {
                note(row, link, MissingNode.getInstance(), MissingNode.getInstance(), "toObjectId");
            }
        }
    }

    /** Notes what a single record's own answer shows of its associations; it shows none of what there is none. */
    void showOwn(JsonNode row) {
        ObjectKind.Link link = kind.link();
        if (link != null) {
            JsonNode shown = row.path("associations").path(link.to());
            note(row, link, shown, shown.path("results"), "id");
        }
    }

    /** What goes on on another page, or cannot be read, is not noted: it would look like the only one, or like none. */
    private static void note(JsonNode row, ObjectKind.Link link, JsonNode page, JsonNode others, String idField) {
        Set<String> ids = new LinkedHashSet<>();
        others.forEach(other -> ids.add(other.path(idField).asText("")));
        boolean more = !page.path("paging").path("next").path("after").isMissingNode();
        if (row instanceof ObjectNode object && !more && !ids.contains("")) {
            ids.forEach(object.withObjectProperty(SHOWN).putArray(link.to())::add);
        }
    }

    /** The id that a write wants its object to be associated with; empty when it says nothing of it. */
    Optional<String> wanted(Write write) {
        ObjectKind.Link link = kind.link();
        NativeValue value = link == null ? null : write.properties().get(link.property());
        return value instanceof NativeValue.Text id && !id.text().isBlank() ? Optional.of(id.text()) : Optional.empty();
    }

    /**
     * Whether a write wants an association to be taken away, which is not done: it may be one that a person made. A new object
     * has none.
     */
    boolean severs(Write write) {
        ObjectKind.Link link = kind.link();
        NativeValue value = link == null ? null : write.properties().get(link.property());
        return !write.creates() && value != null && value.isBlank();
    }

    /** The property that stands for the association, or null where there is none. */
    @Nullable String property() {
        return kind.link() == null ? null : kind.link().property();
    }

    /** Whether a write says something of the association and of nothing else. */
    boolean alone(Write write) {
        return kind.link() != null
                && write.properties().keySet().equals(Set.of(kind.link().property()));
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
     * Associates objects with others. Doing so again changes nothing. Where HubSpot refuses some for the sake of one, they are
     * halved until it is found; where it answers nothing, or wants to be left in peace, nothing more is sent.
     *
     * @param others the other's id by the object's own
     * @return the ids of the objects whose association cannot be vouched for, with what was answered
     */
    Map<String, String> associate(Map<String, String> others) {
        ObjectKind.Link link = kind.link();
        Map<String, String> open = new LinkedHashMap<>();
        if (!others.isEmpty() && link != null) {
            associate(link, new ArrayList<>(others.entrySet()), open, new AtomicInteger(MOST_CALLS));
        }
        return open;
    }

    private void associate(
            ObjectKind.Link link, List<Map.Entry<String, String>> some, Map<String, String> open, AtomicInteger calls) {
        if (some.isEmpty()) {
            return;
        } else if (calls.getAndDecrement() <= 0) {
            some.forEach(pair -> open.put(pair.getKey(), "too many calls for one batch"));
            return;
        }
        ObjectNode body = Json.object();
        some.forEach(pair -> {
            ObjectNode input = body.withArray("inputs").addObject();
            input.putObject("from").put("id", pair.getKey());
            input.putObject("to").put("id", pair.getValue());
        });
        HttpReply reply = api.send(HttpCall.post(api.associations(link, "/batch/associate/default"))
                .body(body));
        List<Map.Entry<String, String>> rest = new ArrayList<>(some);
        rest.removeIf(pair -> done(reply, pair.getKey()));
        boolean singled = rest.size() == 1 && some.size() == 1;
        if (singled || !onTheMerits(reply)) {
            rest.forEach(pair -> open.put(pair.getKey(), String.valueOf(reply)));
        } else {
            int half = rest.size() / 2;
            associate(link, rest.subList(0, half), open, calls);
            associate(link, rest.subList(half, rest.size()), open, calls);
        }
    }

    /** Whether an answer vouches for an object's association: all of them where it has no errors, else those it names. */
    private static boolean done(HttpReply reply, String own) {
        if (!(reply instanceof HttpAnswer answer)
                || !answer.ok()
                || answer.json().isEmpty()) {
            return false;
        }
        JsonNode body = answer.json().get();
        if (body.path("errors").isEmpty() && body.path("numErrors").asInt(0) == 0) {
            return true;
        }
        for (JsonNode result : body.path("results")) {
            if (own.equals(result.path("from").path("id").asText(""))
                    || own.equals(result.path("fromObjectId").asText(""))) {
                return true;
            }
        }
        return false;
    }

    /** Whether HubSpot looked at what was sent and refused it, or some of it. */
    private static boolean onTheMerits(HttpReply reply) {
        return reply instanceof HttpAnswer answer
                && answer.json().isPresent()
                && (answer.ok()
                        || answer.status() >= 400
                                && answer.status() < 500
                                && answer.status() != 408
                                && !Api.unauthorised(answer)
                                && !Api.putOff(answer));
    }
}
