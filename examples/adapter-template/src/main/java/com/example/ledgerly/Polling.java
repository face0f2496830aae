package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Polls Ledgerly's log of changes. A cursor is text that the engine keeps and hands back, also to another instance and
 * after a restart: all that it means is written in it, and nothing is kept here (A75, A76).
 */
final class Polling {
    private static final Pattern CURSOR = Pattern.compile("(since|after)=([\\w:.+-]{1,40})");

    private final LedgerlyApi api;
    private final ContactShape shape;

    Polling(LedgerlyApi api, ContactShape shape) {
        this.api = api;
        this.shape = shape;
    }

    static String cursorAt(Instant time) {
        return "since=" + time;
    }

    Page changes(String cursor) {
        Matcher known = CURSOR.matcher(cursor);
        if (!known.matches()) {
            throw SyncException.of(Kind.VALIDATION, "the cursor is none of Ledgerly's changes; walk all contacts");
        }
        JsonNode body = api.need(HttpCall.get("/changes").query(known.group(1), known.group(2)));
        List<ChangeEvent> events = new ArrayList<>();
        for (JsonNode row : body.path("data")) {
            events.add(change(row)
                    .orElseThrow(() -> SyncException.of(
                            Kind.TRANSIENT, "a change without its contact or its time; it is asked for again")));
        }
        JsonNode last = body.path("last");
        // The cursor of a page is never null: where nothing followed, the same place is asked for next time (A74).
        return new Page(events, last.isIntegralNumber() ? "after=" + last.asLong() : cursor, true);
    }

    private Optional<ChangeEvent> change(JsonNode row) {
        if (row.path("change").asText("").equals("upsert")) {
            return shape.whole(row.path("contact"), Evidence.LISTING);
        }
        String id = row.path("id").asText("");
        return ContactShape.time(row.path("at"))
                .filter(at -> !id.isEmpty())
                .map(at -> ended(shape.ref(id), row, AsOf.at(at)));
    }

    private ChangeEvent ended(RecordRef ref, JsonNode row, AsOf at) {
        JsonNode survivor = row.path("merged_into");
        return survivor.isTextual()
                ? ChangeEvent.merged(ref, shape.ref(survivor.textValue()), at, Evidence.LISTING)
                : ChangeEvent.of(ref, ChangeKind.ARCHIVE, at, Evidence.LISTING);
    }
}
