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
 * Writes one contact a call, with one attempt. A new contact with a join key is upserted by it, as a batch of one, so
 * that repeating a create whose answer was lost makes no second contact.
 */
final class Writing {
    private final Api api;
    private final Rows rows;
    private final Rejections rejections;
    private final BatchWriting batches;

    Writing(Api api, Rows rows, Rejections rejections, BatchWriting batches) {
        this.api = api;
        this.rows = rows;
        this.rejections = rejections;
        this.batches = batches;
    }

    Outcome write(Write write) {
        Optional<Outcome> unspeakable = unspeakable(write);
        if (unspeakable.isPresent()) {
            return unspeakable.get();
        }
        batches.sentAlone(write);
        RecordRef ref = write.ref();
        if (ref == null && write.externalId() != null) {
            Outcome outcome = batches.attempt(List.of(write)).get(write.key());
            return outcome == null ? new Outcome.Unknown("the batch of one told nothing about it") : outcome;
        }
        HttpCall call = ref == null ? HttpCall.post(api.contacts("")) : HttpCall.patch(api.contacts("/{id}"), ref.id());
        ObjectNode body = Json.object();
        body.set("properties", properties(write));
        if (ref == null) {
            body.putArray("associations");
        }
        return outcome(write, api.send(call.body(body)));
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
                    .orElseGet(() -> new Outcome.Unknown(answer + " without the contact that was due"));
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
        HttpReply reply = api.send(HttpCall.delete(api.contacts("/{id}"), ref.id()));
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
        return api.find(HttpCall.get(api.contacts("/{id}"), ref.id()).query("archived", "true"))
                .isPresent();
    }

    /** A value that has no flat text is refused here: HubSpot would refuse it too, or worse, take it for text. */
    static Optional<Outcome> unspeakable(Write write) {
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

    /** The properties as HubSpot takes them; a new contact brings its join key along. */
    static ObjectNode properties(Write write) {
        ObjectNode properties = Json.object();
        write.properties()
                .forEach((name, value) -> NativeText.render(value).ifPresent(text -> properties.put(name, text)));
        Write.ExternalId externalId = write.externalId();
        if (write.creates() && externalId != null) {
            properties.put(externalId.property(), externalId.value());
        }
        return properties;
    }
}
