package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The rows of the older edition's lists: since a time, in an order. */
final class PipedriveOlderList {
    private PipedriveOlderList() {}

    /** The rows that a request asks for, by its sort or by the standard one. */
    static List<Item> of(PipedriveBook book, Request request, String standard) {
        String since = request.query("updated_since");
        Long from = since == null ? null : PipedriveTimes.parse(since);
        if (since != null && from == null) {
            throw PipedriveErrors.invalid("updated_since: must be a date-time of RFC 3339");
        }
        String asked = request.query("sort");
        return book.all().stream()
                .filter(item -> !item.deleted && !book.hidden(item))
                .filter(item -> from == null || item.updateTime / 1000 * 1000 >= from)
                .sorted(order(asked == null || asked.isBlank() ? standard : asked))
                .toList();
    }

    private static Comparator<Item> order(String sort) {
        String[] words = sort.strip().split("\\s+", 2);
        Comparator<Item> order = Comparator.comparingLong(item -> switch (words[0]) {
            case "update_time" -> item.updateTime / 1000;
            case "add_time" -> item.addTime / 1000;
            case "id" -> item.number;
            default -> throw PipedriveErrors.invalid("sort: by id, add_time or update_time");
        });
        boolean down = words.length > 1 && words[1].toUpperCase(Locale.ROOT).startsWith("DESC");
        Comparator<Item> whole = order.thenComparingLong(item -> item.number);
        return down ? whole.reversed() : whole;
    }
}
