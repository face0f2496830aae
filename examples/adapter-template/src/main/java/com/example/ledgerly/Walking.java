package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks all contacts, in the order of their ids: whoever is made or archived meanwhile moves nobody's place (A71). */
final class Walking {
    private static final String PAGE = "100";

    private final LedgerlyApi api;
    private final ContactShape shape;

    Walking(LedgerlyApi api, ContactShape shape) {
        this.api = api;
        this.shape = shape;
    }

    /** Ledgerly refuses a cursor that is none with 400, which is told as VALIDATION: the walk begins anew (A72). */
    Page list(@Nullable String cursor) {
        HttpCall call = HttpCall.get("/contacts").query("limit", PAGE);
        JsonNode body = api.need(cursor == null ? call : call.query("after", cursor));
        if (!body.path("data").isArray()) {
            throw SyncException.of(SyncException.Kind.TRANSIENT, "a page without contacts; it is tried again");
        }
        List<ChangeEvent> events = new ArrayList<>();
        boolean complete = true;
        for (JsonNode row : body.path("data")) {
            Optional<ChangeEvent> event = shape.whole(row, Evidence.LISTING);
            event.ifPresent(events::add);
            // A row that could not be read is missing from the page: its absence must not count as proof.
            complete &= event.isPresent();
        }
        JsonNode next = body.path("next");
        return new Page(events, next.isTextual() ? next.textValue() : null, complete);
    }

    /** The question that the walk answers: all that this token may see, archived ones apart (A73). */
    static String scopeFingerprint() {
        return "ledgerly-contacts-1";
    }
}
