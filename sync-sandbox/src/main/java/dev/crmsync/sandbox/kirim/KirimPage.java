package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Request;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Cursor paging over rows that have a sortable key. */
final class KirimPage {
    private static final int STANDARD = 25;
    private static final int MOST = 100;

    private KirimPage() {}

    /** One page of rows, in the order of the map, that are wanted. */
    static <T> ObjectNode of(
            Request request,
            KirimCursor cursors,
            String filters,
            NavigableMap<String, T> rows,
            Predicate<T> wanted,
            Function<T, JsonNode> shown) {
        int limit = limit(request.query("limit"));
        String after = position(request.query("cursor"), cursors, filters);
        ArrayNode data = Json.array();
        String last = null;
        boolean more = false;
        for (Map.Entry<String, T> row : (after == null ? rows : rows.tailMap(after, false)).entrySet()) {
            if (!wanted.test(row.getValue())) {
                continue;
            }
            if (data.size() == limit) {
                more = true;
                break;
            }
            data.add(shown.apply(row.getValue()));
            last = row.getKey();
        }
        ObjectNode page = Json.object().set("data", data);
        page.put("has_more", more);
        page.put("next_cursor", more && last != null ? cursors.seal(last, filters) : null);
        return page;
    }

    /** A key that sorts by time, then by id. */
    static String key(long millis, String id) {
        return String.format("%015d", millis) + id;
    }

    static String filters(String path, List<@Nullable String> values) {
        return path + values;
    }

    private static int limit(@Nullable String raw) {
        if (raw == null) {
            return STANDARD;
        }
        try {
            int limit = Integer.parseInt(raw);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, as for any other bad limit.
        }
        throw KirimErrors.invalid("invalid_limit", "limit must be between 1 and 100", "limit");
    }

    private static @Nullable String position(@Nullable String cursor, KirimCursor cursors, String filters) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        String position = cursors.open(cursor, filters);
        if (position == null) {
            throw KirimErrors.invalid("invalid_cursor", "The cursor is invalid for these filters", "cursor");
        }
        return position;
    }
}
