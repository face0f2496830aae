package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
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
import org.jspecify.annotations.Nullable;

/**
 * Walks all pages of a data source in the order of their creation, which no edit moves. A query shows 10,000 rows and no more: another
 * then begins at the minute of the last one, and shows that minute's rows again. Only where a single minute has more, as after an
 * import, rows are passed over, and the page says that it is not complete.
 */
final class Listing {
    private static final String FORM = "notion-walk-1:";

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
        String dataSource = rows.kind().dataSource();
        HttpAnswer answer =
                api.within(dataSource, Queries.since(dataSource, "created_time", at.from(), at.page(), null));
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
        Window next = at.next(high, Api.body(answer));
        boolean complete = told && !at.lacks(high, Api.body(answer));
        return new Page(events, next == null ? null : FORM + next.text(), complete);
    }

    private Window parse(String cursor) {
        return Window.parse(FORM, cursor)
                .orElseThrow(() -> SyncException.of(
                                Kind.VALIDATION,
                                "system " + api.system()
                                        + ": the cursor is none of a walk over a data source of Notion;"
                                        + " begin the walk anew")
                        .inSystem(api.system()));
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
