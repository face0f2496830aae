package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks all pages of a data source in the order of their creation, which no edit moves. A query shows 10,000 rows and no more: another
 * then begins at the minute of the last one, and shows that minute's rows again. Only where a single minute has more, as after an
 * import, rows are passed over, and the page says that it is not complete.
 */
final class Listing {
    private static final String FORM = "notion-walk-1:";
    private static final Pattern CURSOR =
            Pattern.compile(FORM + "(-1|[0-9]{1,12}):(-1|[0-9]{1,12}):([01]):(.{0,4000})", Pattern.DOTALL);

    private final Settings settings;
    private final Api api;
    private final Rows rows;

    Listing(Settings settings, Api api, Rows rows) {
        this.settings = settings;
        this.api = api;
        this.rows = rows;
    }

    Page list(@Nullable String cursor) {
        Window at = cursor == null ? Window.from(Window.ALL) : parse(cursor);
        HttpAnswer answer = answered(at);
        List<ChangeEvent> events = new ArrayList<>();
        JsonNode results = Api.body(answer).path("results");
        boolean told = results.isArray();
        long high = at.high();
        for (JsonNode page : results) {
            // The data sources of a wiki stand among its pages, and may be the last that a query shows.
            high = Math.max(
                    high, Rows.created(page).map(Instant::getEpochSecond).orElse(high));
            if (page.path("object").asText("page").equals("page")) {
                events.add(rows.event(page, answer, Evidence.INDEX));
            }
        }
        Window read = at.paged(high, Queries.capped(Api.body(answer)), Queries.next(Api.body(answer)));
        if (!read.page().isEmpty()) {
            return page(events, read, told);
        } else if (!read.capped()) {
            return new Page(events, null, told);
        }
        return read.moves() ? page(events, read.again(), told) : page(events, read.beyond(), false);
    }

    private HttpAnswer answered(Window at) {
        HttpReply reply = api.send(Queries.since(rows.kind().dataSource(), "created_time", at.from(), at.page()));
        if (reply instanceof HttpAnswer answer) {
            if (Api.succeeded(answer)) {
                return answer;
            } else if (Api.missing(answer)) {
                throw api.notShared(answer, rows.kind().dataSource());
            }
        }
        throw Api.fault(reply);
    }

    private static Page page(List<ChangeEvent> events, Window next, boolean complete) {
        return new Page(events, FORM + next.text(), complete);
    }

    private Window parse(String cursor) {
        Matcher at = CURSOR.matcher(cursor);
        if (!at.matches()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + api.system() + ": the cursor is none of a walk over a data source of Notion;"
                                    + " begin the walk anew")
                    .inSystem(api.system());
        }
        return new Window(
                Long.parseLong(at.group(1)),
                Long.parseLong(at.group(2)),
                at.group(3).equals("1"),
                at.group(4));
    }

    /** Another data source or set of properties is another question. */
    String scopeFingerprint() {
        String question = String.join(
                "\n",
                settings.baseUrl(),
                rows.kind().dataSource(),
                String.join("\n", rows.kind().properties()));
        return "notion-" + rows.kind().type() + "-1:"
                + Signatures.hex(Signatures.sha256(Bytes.utf8(question))).substring(0, 32);
    }
}
