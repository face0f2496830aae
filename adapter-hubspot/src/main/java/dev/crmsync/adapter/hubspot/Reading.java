package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads objects of a kind by id, in ones and in hundreds, and by their join key. */
final class Reading {
    static final int BATCH = 100;

    private final Api api;
    private final Rows rows;
    private final Links links;
    private final Scope scope;

    Reading(Api api, Rows rows, Links links, Scope scope) {
        this.links = links;
        this.scope = scope;
        this.api = api;
        this.rows = rows;
    }

    /** An id that was merged away answers with the record that it became, under that record's id. */
    Read read(RecordRef ref) {
        Optional<HttpAnswer> live = api.find(get(ref.id(), false));
        if (live.isPresent()) {
            links.showOwn(Api.body(live.get()));
            return found(ref, Api.body(live.get()), live.get());
        }
        return api.find(get(ref.id(), true))
                .map(answer -> archived(ref, Api.body(answer), answer))
                .orElseGet(Read.NotVisible::new);
    }

    Read find(Write.ExternalId externalId) {
        if (!api.kind().unique()) {
            return lookedUp(externalId);
        }
        HttpCall call = associations(HttpCall.get(api.objects("/{value}"), externalId.value())
                .query("idProperty", externalId.property())
                .query("properties", String.join(",", rows.asked())));
        HttpReply reply = api.send(call);
        if (!(reply instanceof HttpAnswer answer) || answer.json().isEmpty()) {
            throw Api.fault(reply);
        } else if (answer.status() == 404) {
            return new Read.Gone(AsOf.at(answer.date()), false);
        } else if (!answer.ok()) {
            throw Api.fault(reply);
        }
        links.showOwn(Api.body(answer));
        return new Read.Found(rows.full(Api.body(answer), answer, Evidence.READ));
    }

    /** Without unique values the search index alone finds a record by its join key, and late. */
    private Read lookedUp(Write.ExternalId externalId) {
        ObjectNode body = Json.object();
        body.putArray("filterGroups")
                .addObject()
                .putArray("filters")
                .addObject()
                .put("propertyName", externalId.property())
                .put("operator", "EQ")
                .put("value", externalId.value());
        ArrayNode properties = body.putArray("properties");
        rows.asked().forEach(properties::add);
        body.putArray("sorts").addObject().put("propertyName", "hs_object_id").put("direction", "ASCENDING");
        body.put("limit", 2).put("after", "0");
        HttpAnswer answer = api.read(
                HttpCall.post(api.objects("/search")).body(body).reading().spending(Limits.SEARCH));
        JsonNode row = Api.body(answer).path("results").path(0);
        if (row.isMissingNode()) {
            return new Read.Gone(AsOf.at(answer.date()), false);
        }
        links.show(List.of(row));
        return new Read.Found(rows.full(row, answer, Evidence.READ));
    }

    private HttpCall get(String id, boolean archived) {
        return associations(HttpCall.get(api.objects("/{id}"), id)
                .query("properties", String.join(",", rows.asked()))
                .query("archived", Boolean.toString(archived)));
    }

    private HttpCall associations(HttpCall call) {
        ObjectKind.Link link = api.kind().link();
        return link == null ? call : call.query("associations", link.to());
    }

    private Read found(RecordRef ref, JsonNode row, HttpAnswer answer) {
        RecordRef answered = rows.ref(row, answer);
        if (!scope.contains(row)) {
            return new Read.NotVisible();
        }
        return answered.equals(ref)
                ? new Read.Found(rows.full(row, answer, Evidence.READ))
                : new Read.MergedInto(answered, rows.full(row, answer, Evidence.READ));
    }

    private Read archived(RecordRef ref, JsonNode row, HttpAnswer answer) {
        RecordRef answered = rows.ref(row, answer);
        return answered.equals(ref)
                ? new Read.Gone(AsOf.at(Rows.archived(row).orElse(answer.date())), true)
                : new Read.MergedInto(answered, null);
    }

    /**
     * HubSpot leaves out what it does not find, so the missing are asked for among the archived. Who is in neither is not
     * visible: nothing tells an id that was purged from one of another account.
     */
    Map<RecordRef, Read> readMany(List<RecordRef> refs) {
        Map<RecordRef, Read> reads = new LinkedHashMap<>();
        if (refs.isEmpty()) {
            return reads;
        }
        boolean strangers = take(refs, batch(refs, false), reads);
        List<RecordRef> missing = new ArrayList<>(refs);
        missing.removeAll(reads.keySet());
        if (strangers) {
            // A merged record did not say which of the ids it was asked by: those few are asked one by one.
            missing.forEach(ref -> reads.put(ref, read(ref)));
        } else if (!missing.isEmpty()) {
            takeArchived(missing, batch(missing, true), reads);
        }
        return reads;
    }

    private Optional<HttpAnswer> batch(Collection<RecordRef> refs, boolean archived) {
        ObjectNode body = Json.object();
        ArrayNode properties = body.putArray("properties");
        rows.asked().forEach(properties::add);
        body.putArray("propertiesWithHistory");
        ArrayNode inputs = body.putArray("inputs");
        refs.forEach(ref -> inputs.addObject().put("id", ref.id()));
        return api.find(HttpCall.post(api.objects("/batch/read"))
                .query("archived", Boolean.toString(archived))
                .body(body)
                .reading());
    }

    /** Takes the rows of an answer; says whether some row belongs to none of the ids that were asked for. */
    private boolean take(List<RecordRef> refs, Optional<HttpAnswer> answer, Map<RecordRef, Read> reads) {
        if (answer.isEmpty()) {
            return false;
        }
        Map<String, RecordRef> asked = new HashMap<>();
        refs.forEach(ref -> asked.put(ref.id(), ref));
        boolean strangers = false;
        List<JsonNode> found = new ArrayList<>();
        Api.body(answer.get()).path("results").forEach(found::add);
        links.show(found);
        for (JsonNode row : found) {
            RecordRef own = asked.get(Rows.id(row));
            boolean claimed = own != null;
            if (own != null) {
                reads.put(own, found(own, row, answer.get()));
            }
            for (String merged : mergedInto(row)) {
                RecordRef old = asked.get(merged);
                if (old != null && !old.equals(own)) {
                    reads.put(old, found(old, row, answer.get()));
                    claimed = true;
                }
            }
            strangers |= !claimed;
        }
        return strangers;
    }

    private void takeArchived(List<RecordRef> refs, Optional<HttpAnswer> answer, Map<RecordRef, Read> reads) {
        Map<String, JsonNode> found = new HashMap<>();
        answer.ifPresent(given -> Api.body(given).path("results").forEach(row -> found.put(Rows.id(row), row)));
        for (RecordRef ref : refs) {
            JsonNode row = found.get(ref.id());
            reads.put(ref, row == null || answer.isEmpty() ? new Read.NotVisible() : archived(ref, row, answer.get()));
        }
    }

    private static Set<String> mergedInto(JsonNode row) {
        String ids = row.path("properties").path(Rows.MERGED_IDS).asText("");
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(List.of(ids.split(";")).stream().distinct().toList());
    }
}
