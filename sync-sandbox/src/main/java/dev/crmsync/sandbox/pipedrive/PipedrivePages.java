package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers and their pages, as both editions give them. */
final class PipedrivePages {
    private static final int STANDARD = 100;
    private static final int MOST = 500;

    private PipedrivePages() {}

    static Reply data(int status, Object data) {
        return Reply.json(status, Json.object().put("success", true).set("data", Json.tree(data)));
    }

    /** The newer edition's page; no cursor means that this was the last one. */
    static Reply page(Object data, @Nullable String next) {
        ObjectNode body = Json.object().put("success", true);
        body.set("data", Json.tree(data));
        body.putObject("additional_data").put("next_cursor", next);
        return Reply.json(200, body);
    }

    static int limit(Request request) {
        long limit = number(request, "limit", STANDARD);
        if (limit < 1 || limit > MOST) {
            throw PipedriveErrors.invalid("limit: must be from 1 to " + MOST);
        }
        return (int) limit;
    }

    static long number(Request request, String name, long otherwise) {
        String raw = request.query(name);
        try {
            return raw == null || raw.isEmpty() ? otherwise : Long.parseLong(raw);
        } catch (NumberFormatException e) {
            throw PipedriveErrors.invalid(name + ": must be an integer");
        }
    }

    /** A page of the newer edition whose cursor counts rows: for lists that hardly change. */
    static <T> Reply counted(Request request, List<T> all, String what, Function<T, ObjectNode> shape) {
        int limit = limit(request);
        PipedriveCursor cursor = PipedriveCursor.read(request.query("cursor"), what, "asc");
        long skip = cursor == null ? 0 : cursor.skip();
        ArrayNode data = Json.array();
        all.stream().skip(skip).limit(limit).forEach(one -> data.add(shape.apply(one)));
        boolean more = all.size() > skip + limit;
        return page(data, more ? new PipedriveCursor(what, "asc", 0, 0, skip + limit).text() : null);
    }

    /** A page of the older edition, and what its paging says. */
    record Older(ArrayNode data, ObjectNode paging) {}

    static <T> Older older(Request request, List<T> all, Function<T, ObjectNode> shape) {
        long start = number(request, "start", 0);
        if (start < 0) {
            throw PipedriveErrors.invalid("start: must not be negative");
        }
        int limit = limit(request);
        ArrayNode data = Json.array();
        all.stream().skip(start).limit(limit).forEach(one -> data.add(shape.apply(one)));
        boolean more = all.size() > start + limit;
        ObjectNode paging =
                Json.object().put("start", start).put("limit", limit).put("more_items_in_collection", more);
        if (more) {
            paging.put("next_start", start + limit);
        }
        return new Older(data, paging);
    }
}
