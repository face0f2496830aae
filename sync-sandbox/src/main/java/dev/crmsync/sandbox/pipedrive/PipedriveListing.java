package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The newer edition's lists: filters, a sort, and a cursor. Guarded by the stand-in's lock. */
final class PipedriveListing {
    private static final int MOST_IDS = 100;

    private final Parts parts;
    private final PipedriveBook book;
    private final PipedriveShapes shapes;
    private final PipedriveFilters saved;
    private final List<String> filters;

    /** A list of these records that can be narrowed by these values. */
    PipedriveListing(
            Parts parts, PipedriveBook book, PipedriveShapes shapes, PipedriveFilters saved, List<String> filters) {
        this.parts = parts;
        this.book = book;
        this.shapes = shapes;
        this.saved = saved;
        this.filters = filters;
    }

    /** One page of those that the predicate lets in beside the request's own wishes. */
    Reply list(Request request, Predicate<Item> more) {
        String field = word(request, "sort_by", "id", Set.of("id", "update_time", "add_time"));
        String direction = word(request, "sort_direction", "asc", Set.of("asc", "desc"));
        ToLongFunction<Item> value = item -> value(field, item);
        Comparator<Item> order = Comparator.comparingLong(value).thenComparingLong(item -> item.number);
        List<Item> rows = new ArrayList<>(book.all().stream()
                .filter(wanted(request).and(more).and(saved.wanted(request, book.kind())))
                .sorted(direction.equals("asc") ? order : order.reversed())
                .toList());
        PipedriveCursor cursor = PipedriveCursor.read(request.query("cursor"), field, direction);
        int limit = PipedrivePages.limit(request);
        long skip = cursor == null ? 0 : cursor.skip();
        if (parts.dials().is("lists.cursor", "offset")) {
            rows.subList(0, (int) Math.min(skip, rows.size())).clear();
        } else if (cursor != null) {
            rows.removeIf(item -> !after(item, value.applyAsLong(item), cursor));
        }
        List<Item> page = rows.subList(0, Math.min(limit, rows.size()));
        ArrayNode data = Json.array();
        PipedriveView view = PipedriveView.of(request);
        page.forEach(item -> data.add(shapes.shown(book.kind(), item, view)));
        String next = null;
        if (rows.size() > page.size()) {
            Item last = page.get(page.size() - 1);
            next = new PipedriveCursor(field, direction, value.applyAsLong(last), last.number, skip + page.size())
                    .text();
        }
        return PipedrivePages.page(data, next);
    }

    private static boolean after(Item item, long value, PipedriveCursor cursor) {
        int compared =
                value != cursor.value() ? Long.compare(value, cursor.value()) : Long.compare(item.number, cursor.id());
        return cursor.direction().equals("asc") ? compared > 0 : compared < 0;
    }

    private long value(String field, Item item) {
        return switch (field) {
            case "update_time" -> precise(item.updateTime);
            case "add_time" -> precise(item.addTime);
            default -> item.number;
        };
    }

    /** Times of REST are those that it shows, unless the dial says more. */
    private long precise(long ms) {
        return parts.dials().on("rest.update_time_ms") ? ms : ms / 1000 * 1000;
    }

    private Predicate<Item> wanted(Request request) {
        Set<String> ids = PipedriveView.names(request, "ids");
        if (ids.size() > MOST_IDS) {
            throw PipedriveErrors.invalid("ids: at most " + MOST_IDS);
        }
        Long since = time(request, "updated_since");
        Long until = time(request, "updated_until");
        Predicate<Item> wanted = item -> !book.hidden(item)
                && (ids.isEmpty() || ids.contains(item.id))
                && (since == null || precise(item.updateTime) >= since)
                && (until == null || precise(item.updateTime) < until)
                && (!item.deleted || deleted(request, item, !ids.isEmpty(), since != null));
        for (String filter : filters) {
            String asked = request.query(filter);
            if (asked != null) {
                wanted = wanted.and(
                        item -> Objects.equals(item.values.path(filter).asText(), asked));
            }
        }
        return wanted;
    }

    private boolean deleted(Request request, Item item, boolean byIds, boolean bySince) {
        boolean kept = item.mergedInto.isEmpty() && parts.clock().millis() - item.updateTime < PipedriveBook.FINAL_MS;
        boolean asked = book.kind() == PipedriveKind.DEAL
                && PipedriveView.names(request, "status").contains("deleted");
        return kept
                && (asked
                        || (byIds && parts.dials().on("deleted.in_ids"))
                        || (!byIds && bySince && parts.dials().on("deleted.in_updated_since")));
    }

    private @Nullable Long time(Request request, String name) {
        String raw = request.query(name);
        if (raw == null) {
            return null;
        }
        Long time = PipedriveTimes.parse(raw);
        boolean fraction = raw.contains(".") && parts.dials().is("lists.since_fractions", "rejected");
        if (time == null || fraction) {
            throw PipedriveErrors.invalid(name + ": must be a date-time of RFC 3339");
        }
        return time;
    }

    private static String word(Request request, String name, String otherwise, Set<String> words) {
        String raw = request.query(name);
        if (raw != null && !words.contains(raw)) {
            throw PipedriveErrors.invalid(
                    name + ": must be one of " + words.stream().sorted().toList());
        }
        return raw == null ? otherwise : raw;
    }
}
