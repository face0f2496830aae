package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one object a call, with one attempt. A new one with a join key is upserted by it, as a batch of one, so
 * that repeating a create whose answer was lost makes no second one.
 */
final class Writing {
    private final Api api;
    private final Rows rows;
    private final Rejections rejections;
    private final BatchWriting batches;
    private final Links links;
    private final Births births;

    Writing(Api api, Rows rows, Rejections rejections, BatchWriting batches, Links links, Births births) {
        this.links = links;
        this.births = births;
        this.api = api;
        this.rows = rows;
        this.rejections = rejections;
        this.batches = batches;
    }

    Outcome write(Write write) {
        Optional<Outcome> unspeakable = unspeakable(write, links);
        if (unspeakable.isPresent()) {
            return unspeakable.get();
        }
        batches.sentAlone(write);
        RecordRef ref = write.ref();
        if (ref == null && write.externalId() != null && api.kind().unique()) {
            Outcome outcome = batches.attempt(List.of(write)).get(write.key());
            return outcome == null ? new Outcome.Unknown("the batch of one told nothing about it") : outcome;
        }
        ObjectNode properties = births.properties(write);
        if (ref != null && properties.isEmpty()) {
            return associated(write, new Outcome.Done(ref, null));
        }
        HttpCall call = ref == null ? HttpCall.post(api.objects("")) : HttpCall.patch(api.objects("/{id}"), ref.id());
        ObjectNode body = Json.object();
        body.set("properties", properties);
        if (ref == null) {
            body.set("associations", links.inline(write));
            return outcome(write, api.send(call.body(body)));
        }
        return associated(write, outcome(write, api.send(call.body(body))));
    }

    private Outcome associated(Write write, Outcome outcome) {
        Optional<String> other = links.wanted(write);
        if (!(outcome instanceof Outcome.Done done) || other.isEmpty()) {
            return outcome;
        }
        Map<String, String> open = links.associate(Map.of(done.ref().id(), other.get()));
        return open.isEmpty()
                ? outcome
                : new Outcome.Unknown("the record was written and its association was not: " + open.values());
    }

    private Outcome outcome(Write write, HttpReply reply) {
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofWrite(reply);
        } else if (answer.ok()) {
            return answer.json()
                    .filter(row -> !Rows.id(row).isEmpty())
                    .<Outcome>map(row -> new Outcome.Done(
                            rows.ref(row, answer),
                            rows.shown(row, answer, write.properties().keySet())))
                    .orElseGet(() -> new Outcome.Unknown(answer + " without the record that was due"));
        }
        return failed(answer).orElseGet(() -> rejections.ofAnswer(write, answer));
    }

    /** What an answer that is no success means for each write of its call; empty when HubSpot refused on the merits. */
    static Optional<Outcome> failed(HttpAnswer answer) {
        if (Api.unauthorised(answer)) {
            throw Api.fault(answer);
        } else if (Api.putOff(answer)) {
            return Optional.of(new Outcome.Deferred(
                    Limits.delay(answer).orElse(null),
                    answer.status() == 429 ? Limits.spent(answer) : null,
                    answer.toString()));
        }
        // Whether it refused for certain is HTTP's to say; on what grounds, HubSpot's.
        Outcome byHttp = HttpFaults.ofWrite(answer);
        return byHttp instanceof Outcome.Rejected ? Optional.empty() : Optional.of(byHttp);
    }

    Outcome archive(RecordRef ref) {
        HttpReply reply = api.send(HttpCall.delete(api.objects("/{id}"), ref.id()));
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofWrite(reply);
        } else if (answer.ok()) {
            return new Outcome.Done(ref, null);
        }
        Optional<Outcome> failed = failed(answer);
        if (failed.isPresent()) {
            return failed.get();
        }
        return answer.status() == 404 && isArchived(ref)
                ? new Outcome.Done(ref, null)
                : new Outcome.Rejected(
                        Refusal.of(Api.body(answer)).kind(answer.status()), null, null, answer.toString());
    }

    private boolean isArchived(RecordRef ref) {
        return api.find(HttpCall.get(api.objects("/{id}"), ref.id()).query("archived", "true"))
                .isPresent();
    }

    /** A value that has no flat text is refused here: HubSpot would refuse it too, or worse, take it for text. */
    static Optional<Outcome> unspeakable(Write write, Links links) {
        if (links.severs(write)) {
            return Optional.of(new Outcome.Rejected(
                    Rejection.READ_ONLY,
                    links.property(),
                    null,
                    "an association is made and not taken away: it may be one that a person made"));
        }
        for (Map.Entry<String, NativeValue> property : write.properties().entrySet()) {
            if (NativeText.render(property.getValue()).isEmpty()) {
                return Optional.of(new Outcome.Rejected(
                        Rejection.INVALID,
                        property.getKey(),
                        null,
                        "property " + property.getKey() + " takes flat text; map it through a lens that makes text"));
            }
        }
        return Optional.empty();
    }
}
