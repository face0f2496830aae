package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;
import java.time.InstantSource;

/** Finds a contact by the join key that it was created with, after a create whose answer was lost. */
final class Finding {
    private final LedgerlyApi api;
    private final ContactShape shape;
    private final InstantSource clock;

    Finding(LedgerlyApi api, ContactShape shape, InstantSource clock) {
        this.api = api;
        this.shape = shape;
        this.clock = clock;
    }

    /** The search shows contacts late, which is declared, but shows them as they are. */
    Read find(Write.ExternalId externalId) {
        JsonNode rows = api.need(HttpCall.get("/contacts/search").query(externalId.property(), externalId.value()))
                .path("data");
        if (!rows.isArray()) {
            return new Read.Unknown("the search answered without a list", null);
        } else if (rows.isEmpty()) {
            // Within the declared lag the engine does not believe it, and asks once more beyond (A32).
            return new Read.Gone(AsOf.at(clock.instant()), false);
        }
        return shape.whole(rows.get(0), Evidence.READ)
                .<Read>map(Read.Found::new)
                .orElseGet(() -> new Read.Unknown("the search answered with a contact that has no id or time", null));
    }
}
