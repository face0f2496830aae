package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes up to a hundred objects of a kind in a call: new ones by upsert under their join key where it is unique, known ones
 * by id.
 *
 * <p>HubSpot may refuse a whole batch because of one row, and then wrote nothing. Such a batch is halved until the row
 * is found, so that ninety-nine good ones do not wait for it; each row is still written at most once, for only what was
 * refused is sent again. The calls of one batch are bounded: what they leave open goes alone next time.
 */
final class BatchWriting {
    static final int BATCH = 100;

    /** Finding one bad row among a hundred takes 15 calls, finding two takes 27 at most. */
    private static final int MOST_CALLS = 32;

    private final Api api;
    private final Rows rows;
    private final Rejections rejections;
    private final Links links;
    private final Births births;
    private final Loners loners = new Loners();

    BatchWriting(Api api, Rows rows, Rejections rejections, Links links, Births births) {
        this.links = links;
        this.births = births;
        this.api = api;
        this.rows = rows;
        this.rejections = rejections;
    }

    boolean batches(Write write) {
        // HubSpot refuses a change without properties, and with it the whole batch.
        boolean bare = !write.creates() && links.alone(write);
        return !bare && (write.ref() != null || write.externalId() != null) && !loners.contains(write);
    }

    void sentAlone(Write write) {
        loners.remove(write);
    }

    Map<String, Outcome> writeMany(List<Write> writes) {
        Map<String, Outcome> outcomes = new HashMap<>();
        List<Write> speakable = new ArrayList<>();
        Set<Object> records = new HashSet<>();
        for (Write write : writes) {
            Optional<Outcome> unspeakable = Writing.unspeakable(write, links);
            if (unspeakable.isPresent()) {
                outcomes.put(write.key(), unspeakable.get());
            } else if (records.add(Loners.record(write))) {
                speakable.add(write);
            } else {
                outcomes.put(
                        write.key(),
                        new Outcome.Deferred(null, null, "the batch holds another write of the same record"));
            }
        }
        outcomes.putAll(attempt(speakable));
        return outcomes;
    }

    /** Writes of distinct records, creates only or changes only. */
    Map<String, Outcome> attempt(List<Write> writes) {
        Run run = new Run();
        if (!writes.isEmpty()) {
            run.send(writes);
        }
        return linked(writes, run.outcomes);
    }

    private String made() {
        return api.kind().unique() ? "/batch/upsert" : "/batch/create";
    }

    /** What was written is associated then: an upsert takes no associations along, and a create has done so. */
    private Map<String, Outcome> linked(List<Write> writes, Map<String, Outcome> outcomes) {
        if (!api.kind().unique() && writes.stream().allMatch(Write::creates)) {
            return outcomes;
        }
        Map<String, String> others = new LinkedHashMap<>();
        Map<String, Write> byId = new HashMap<>();
        for (Write write : writes) {
            Optional<String> other = links.wanted(write);
            if (outcomes.get(write.key()) instanceof Outcome.Done done && other.isPresent()) {
                others.put(done.ref().id(), other.get());
                byId.put(done.ref().id(), write);
            }
        }
        links.associate(others).forEach((id, answered) -> {
            Write write = byId.get(id);
            if (write != null) {
                outcomes.put(
                        write.key(),
                        new Outcome.Unknown("the record was written and its association was not: " + answered));
            }
        });
        return outcomes;
    }

    private HttpCall call(List<Write> writes) {
        boolean creates = writes.get(0).creates();
        ObjectNode body = Json.object();
        ArrayNode inputs = body.putArray("inputs");
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            ObjectNode input = inputs.addObject();
            Write.ExternalId externalId = write.externalId();
            if (write.ref() != null) {
                input.put("id", write.ref().id());
            } else if (!api.kind().unique()) {
                input.set("associations", links.inline(write));
            } else if (externalId != null) {
                input.put("id", externalId.value()).put("idProperty", externalId.property());
            }
            // With one for every row HubSpot reports row by row, and its answer can be told apart.
            input.put("objectWriteTraceId", Integer.toString(i));
            input.set("properties", births.properties(write));
        }
        return HttpCall.post(api.objects(creates ? made() : "/batch/update")).body(body);
    }

    /** One batch on its way; used by one thread. */
    private final class Run {
        private final Map<String, Outcome> outcomes = new HashMap<>();
        private int calls;
        private boolean written;

        void send(List<Write> writes) {
            calls++;
            HttpReply reply = api.send(call(writes));
            if (!(reply instanceof HttpAnswer answer)) {
                settle(writes, HttpFaults.ofWrite(reply));
            } else if (answer.ok()) {
                written = true;
                correlate(writes, answer);
            } else {
                refused(writes, answer);
            }
        }

        private void correlate(List<Write> writes, HttpAnswer answer) {
            Map<String, Outcome> told = new BatchAnswer(writes, answer, rows, rejections).outcomes();
            outcomes.putAll(told);
            for (Write write : writes) {
                if (!told.containsKey(write.key())) {
                    loners.add(write);
                    outcomes.put(write.key(), new Outcome.Unknown(answer + " without a word about this row"));
                }
            }
        }

        private void refused(List<Write> writes, HttpAnswer answer) {
            Optional<Outcome> forAll;
            try {
                forAll = Writing.failed(answer);
            } catch (SyncException unauthorised) {
                if (!written) {
                    throw unauthorised;
                }
                forAll = Optional.of(new Outcome.Deferred(null, null, answer.toString()));
            }
            if (forAll.isPresent()) {
                settle(writes, forAll.get());
            } else if (writes.size() == 1) {
                outcomes.put(writes.get(0).key(), rejections.ofAnswer(writes.get(0), answer));
            } else {
                narrow(writes, answer);
            }
        }

        /** Looks for the row that the batch was refused for; nothing of the batch was written. */
        private void narrow(List<Write> writes, HttpAnswer answer) {
            List<Write> rest = new ArrayList<>(writes);
            Refusal.of(Api.body(answer))
                    .propertyAtFault()
                    .ifPresent(property -> rest.stream()
                            .filter(write -> write.properties().containsKey(property))
                            .forEach(write -> outcomes.put(write.key(), rejections.ofAnswer(write, answer))));
            rest.removeIf(write -> outcomes.containsKey(write.key()));
            if (rest.size() < writes.size()) {
                sendOrLeave(rest, answer);
            } else {
                sendOrLeave(rest.subList(0, rest.size() / 2), answer);
                sendOrLeave(rest.subList(rest.size() / 2, rest.size()), answer);
            }
        }

        private void sendOrLeave(List<Write> writes, HttpAnswer before) {
            if (writes.isEmpty()) {
                return;
            } else if (calls < MOST_CALLS) {
                send(writes);
                return;
            }
            writes.forEach(loners::add);
            settle(writes, new Outcome.Deferred(null, null, before + " for another row of the batch"));
        }

        private void settle(List<Write> writes, Outcome outcome) {
            writes.forEach(write -> outcomes.put(write.key(), outcome));
        }
    }
}
