package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.util.Optional;

/** Creates, changes and archives a contact: one attempt a call, and a plain word about what came of it. */
final class Writing {
    private final LedgerlyApi api;
    private final ContactShape shape;

    Writing(LedgerlyApi api, ContactShape shape) {
        this.api = api;
        this.shape = shape;
    }

    Outcome write(Write write) {
        RecordRef ref = write.ref();
        HttpCall call = ref == null ? HttpCall.post("/contacts") : HttpCall.patch("/contacts/{id}", ref.id());
        HttpReply reply = api.send(call.body(ContactShape.body(write)));
        Optional<JsonNode> done = LedgerlyApi.success(reply);
        if (done.isEmpty()) {
            // "Nothing was written" is said only where that is certain; a lost answer is Unknown (A92 to A95).
            return HttpFaults.ofWrite(reply);
        }
        Optional<ChangeEvent> shown = shape.whole(done.get(), Evidence.READ);
        // What the answer shows is what renderings are learned from (A21).
        return shown.filter(contact -> ref == null || contact.ref().equals(ref))
                .<Outcome>map(contact -> new Outcome.Done(contact.ref(), contact))
                .orElseGet(() -> new Outcome.Unknown("the answer lacks the contact that was written"));
    }

    /** One that is archived already is done (A112). */
    Outcome archive(RecordRef ref) {
        HttpReply reply = api.send(HttpCall.delete("/contacts/{id}", ref.id()));
        boolean done = LedgerlyApi.success(reply).isPresent()
                || LedgerlyApi.answered(reply, 410).isPresent();
        return done ? new Outcome.Done(ref, null) : HttpFaults.ofWrite(reply);
    }
}
