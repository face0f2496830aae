package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;

/**
 * Finds a note or activity by the message's id in its last line. No search goes by it, so the newest are looked through; when there
 * are more than that, nothing is said rather than something false.
 */
final class Messages {
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 10;

    private final Api api;
    private final Rows rows;

    Messages(Api api, Rows rows) {
        this.api = api;
        this.rows = rows;
    }

    Read find(Write.ExternalId key) {
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            HttpAnswer answer = api.read(call(cursor));
            for (JsonNode row : Api.data(answer)) {
                if (key.value().equals(NoteText.parse(html(row)).key())
                        && rows.shape().gone(row).isEmpty()) {
                    return new Read.Found(rows.full(row, answer, Evidence.READ));
                }
            }
            cursor = Pages.next(rows.kind(), Api.body(answer));
            if (cursor.isEmpty()) {
                return new Read.Gone(AsOf.at(answer.date()), false);
            }
        }
        return new Read.Unknown(
                "it is not among the newest " + PAGE * MOST_PAGES + " of the "
                        + rows.kind().plural(),
                null);
    }

    private HttpCall call(String cursor) {
        HttpCall call = HttpCall.get(rows.kind().path("")).query("limit", Integer.toString(PAGE));
        HttpCall sorted = rows.kind().v2()
                ? call.query("sort_by", "update_time").query("sort_direction", "desc")
                : call.query("sort", "update_time DESC");
        return Pages.at(rows.kind(), sorted, cursor);
    }

    private String html(JsonNode row) {
        return row.path(rows.kind().v2() ? "note" : "content").asText("");
    }
}
