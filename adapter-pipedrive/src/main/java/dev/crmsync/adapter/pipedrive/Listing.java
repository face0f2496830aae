package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks all records of a kind by its lists, in the order of ids, which no edit moves. */
final class Listing {
    private static final String PAGE = "500";
    private static final Pattern CURSOR = Pattern.compile("pipedrive-walk-1:([0-9]):(.{0,4000})", Pattern.DOTALL);

    private final Settings settings;
    private final Api api;
    private final Rows rows;

    Listing(Settings settings, Api api, Rows rows) {
        this.settings = settings;
        this.api = api;
        this.rows = rows;
    }

    Page list(@Nullable String cursor) {
        List<String> walks = rows.kind().walks();
        Matcher at = CURSOR.matcher(cursor == null ? "pipedrive-walk-1:0:" : cursor);
        if (!at.matches() || Integer.parseInt(at.group(1)) >= walks.size()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + api.system() + ": the cursor is none of a walk over Pipedrive's "
                                    + rows.kind().plural() + "; begin the walk anew")
                    .inSystem(api.system());
        }
        int part = Integer.parseInt(at.group(1));
        HttpCall call = HttpCall.get(walks.get(part)).query("limit", PAGE);
        HttpCall sorted = rows.kind().v2()
                ? call.query("sort_by", "id").query("sort_direction", "asc")
                : call.query("sort", "id ASC");
        HttpAnswer answer = api.read(Pages.at(rows.kind(), sorted, at.group(2)));
        List<ChangeEvent> events = new ArrayList<>();
        for (JsonNode row : Api.data(answer)) {
            if (rows.shape().follows(row)) {
                events.add(rows.event(row, answer, Evidence.LISTING));
            }
        }
        // An empty list is shown as null.
        boolean told = Api.data(answer).isArray() || Api.data(answer).isNull();
        String next = Pages.next(rows.kind(), Api.body(answer));
        return new Page(events, next(part, next, walks.size()), told);
    }

    private static @Nullable String next(int part, String cursor, int parts) {
        if (!cursor.isEmpty()) {
            return "pipedrive-walk-1:" + part + ":" + cursor;
        }
        return part + 1 < parts ? "pipedrive-walk-1:" + (part + 1) + ":" : null;
    }

    /** Another account, kind or set of properties is another question. */
    String scopeFingerprint() {
        String question = String.join(
                "\n",
                settings.baseUrl(),
                String.valueOf(settings.companyId()),
                rows.kind().plural(),
                String.valueOf(settings.pipeline()),
                String.join("\n", settings.customFields(rows.kind())));
        return "pipedrive-" + rows.kind().plural() + "-1:"
                + Signatures.hex(Signatures.sha256(Bytes.utf8(question))).substring(0, 32);
    }
}
