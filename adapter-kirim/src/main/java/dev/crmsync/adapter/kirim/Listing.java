package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks all contacts of the phone number. Kirim's cursors are opaque and bound to the filters of the first page, so ours
 * says whether the filter was sent, and each page sends it again or not at all. The guide knows a filter by the time of
 * creation and the reference does not: it is left out when Kirim refuses it, and its rule is kept here in either case.
 *
 * @see <a href="https://developers.kirim.chat/concepts/pagination/">Kirim: pagination</a>
 */
final class Listing {
    private static final String PAGE = "100";
    private static final String FILTERED = "kirim-walk-1:filtered:";
    private static final String PLAIN = "kirim-walk-1:plain:";

    private final String system;
    private final Settings settings;
    private final Api api;
    private final Rows rows;

    Listing(String system, Settings settings, Api api, Rows rows) {
        this.system = system;
        this.settings = settings;
        this.api = api;
        this.rows = rows;
    }

    Page list(@Nullable String cursor) {
        boolean filtered = cursor == null ? settings.createdAfter() != null : cursor.startsWith(FILTERED);
        HttpReply reply = api.send(page(cursor, filtered));
        if (cursor == null && filtered && refused(reply)) {
            filtered = false;
            reply = api.send(page(null, false));
        }
        if (reply instanceof HttpAnswer answer && answer.ok() && answer.json().isPresent()) {
            return page(answer, filtered ? FILTERED : PLAIN);
        }
        throw Api.fault(reply);
    }

    private static boolean refused(HttpReply reply) {
        return reply instanceof HttpAnswer answer
                && answer.status() == 400
                && answer.json().isPresent();
    }

    private HttpCall page(@Nullable String cursor, boolean filtered) {
        HttpCall call =
                HttpCall.get("/{phoneNumberId}/contacts", api.phoneNumberId()).query("limit", PAGE);
        if (filtered) {
            Instant after = settings.createdAfter();
            if (after == null) {
                throw stale();
            }
            call = call.query("created_after", after.toString());
        }
        return cursor == null ? call : call.query("cursor", vendors(cursor));
    }

    private String vendors(String cursor) {
        for (String kind : List.of(FILTERED, PLAIN)) {
            if (cursor.startsWith(kind) && cursor.length() > kind.length()) {
                return cursor.substring(kind.length());
            }
        }
        throw stale();
    }

    private SyncException stale() {
        return SyncException.of(
                        Kind.VALIDATION,
                        "system " + system
                                + ": the cursor is none of a walk over these Kirim contacts; begin the walk anew")
                .inSystem(system);
    }

    /** A row that cannot be read, or an end that contradicts itself, leaves out what nobody vouches for. */
    private Page page(HttpAnswer answer, String kind) {
        JsonNode body = Api.body(answer);
        if (!body.path("data").isArray()) {
            throw SyncException.of(Kind.TRANSIENT, answer + " without a page of contacts; it is tried again")
                    .inSystem(system);
        }
        List<ChangeEvent> events = new ArrayList<>();
        boolean complete = true;
        for (JsonNode row : body.path("data")) {
            Optional<ChangeEvent> event = rows.of(row, answer, Evidence.LISTING);
            complete &= event.isPresent();
            event.filter(readable -> inScope(row)).ifPresent(events::add);
        }
        boolean more = body.path("has_more").asBoolean(false);
        String next = more ? body.path("next_cursor").asText("") : "";
        // Null reads as text, too.
        boolean end = next.isEmpty() || body.path("next_cursor").isNull();
        return new Page(events, end ? null : kind + next, complete && more == !end);
    }

    private boolean inScope(JsonNode row) {
        Instant after = settings.createdAfter();
        return after == null
                || new ContactShape(row)
                        .createdAt()
                        .map(created -> created.isAfter(after))
                        .orElse(true);
    }

    /** Another account, number or time of creation is another question. */
    String scopeFingerprint() {
        String question = String.join(
                "\n", settings.baseUrl(), settings.phoneNumberId(), String.valueOf(settings.createdAfter()));
        return fingerprint("kirim-contacts-1", question);
    }

    static String fingerprint(String name, String question) {
        return name + ":"
                + Signatures.hex(Signatures.sha256(Bytes.utf8(question))).substring(0, 32);
    }
}
