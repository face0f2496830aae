package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.util.Optional;

/** Reads a contact by id. */
final class Reading {
    private final LedgerlyApi api;
    private final ContactShape shape;

    Reading(LedgerlyApi api, ContactShape shape) {
        this.api = api;
        this.shape = shape;
    }

    Read read(RecordRef ref) {
        HttpReply reply = api.send(HttpCall.get("/contacts/{id}", ref.id()));
        Optional<JsonNode> there = LedgerlyApi.success(reply);
        Optional<JsonNode> archived = LedgerlyApi.answered(reply, 410);
        if (there.isPresent()) {
            // An answer about another contact than the one that was asked for proves nothing (A11).
            return shape.whole(there.get(), Evidence.READ)
                    .filter(contact -> contact.ref().equals(ref))
                    .<Read>map(Read.Found::new)
                    .orElseGet(() -> new Read.Unknown("the answer lacks the contact that was asked for", null));
        } else if (archived.isPresent()) {
            return gone(archived.get());
        } else if (LedgerlyApi.answered(reply, 404).isPresent()) {
            // Ledgerly says 404 of what these credentials may not see, too: no proof that it is gone (A12).
            return new Read.NotVisible();
        }
        throw HttpFaults.ofRead(reply);
    }

    private Read gone(JsonNode told) {
        String survivor = told.path("merged_into").asText("");
        if (!survivor.isEmpty() && !told.path("merged_into").isNull()) {
            return new Read.MergedInto(shape.ref(survivor), null);
        }
        return ContactShape.time(told.path("archived_at"))
                .<Read>map(since -> new Read.Gone(AsOf.at(since), true))
                .orElseGet(() -> new Read.Unknown("an archived contact without the time of it", null));
    }
}
