package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.notion.NotionSorts.Row;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Queries of data sources, which end at a number of rows and say so in one place only. Guarded by the stand-in's lock. */
final class NotionQueryApi {
    private final Parts parts;
    private final NotionAccess access;
    private final NotionBook book;
    private final NotionShapes shapes;
    private final NotionFilter filter;
    private final NotionTimes times;

    NotionQueryApi(
            Parts parts,
            NotionAccess access,
            NotionBook book,
            NotionShapes shapes,
            NotionFilter filter,
            NotionTimes times) {
        this.parts = parts;
        this.access = access;
        this.book = book;
        this.shapes = shapes;
        this.filter = filter;
        this.times = times;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/v1/data_sources/{id}/query", call -> {
                    NotionDataSourcesApi.newer(call);
                    return query(access.dataSource(call.param("id")), call.request());
                })
                .on("POST", "/v1/databases/{id}/query", call -> {
                    NotionDataSourcesApi.older(call);
                    return query(access.only(access.database(call.param("id"))), call.request());
                });
    }

    private Reply query(DataSource source, Request request) {
        access.may("read_content");
        if (source.trashed) {
            throw NotionErrors.missing("data source", source.id);
        }
        JsonNode body = request.json();
        JsonNode sorts = body.path("sorts");
        NotionSorts order = new NotionSorts(parts, times, sorts, source);
        Predicate<Page> wanted = filter.of(body.path("filter"), source);
        Predicate<Page> trash = trash(Boolean.TRUE.equals(NotionPagesApi.trash(body, NotionEdition.of(request))));
        String of = source.id + (body.path("filter") + " " + sorts).hashCode();
        NotionPaging paging = NotionPaging.of(body, of);
        List<Row> rows = book.queried().stream()
                .filter(page -> page.dataSource.equals(source.id))
                .filter(trash.and(wanted))
                .map(order::row)
                .sorted(order.order())
                .toList();
        return Reply.json(200, page(rows, order, paging, NotionView.of(request, source)));
    }

    private Predicate<Page> trash(boolean asked) {
        return switch (parts.dials().word("query.in_trash")) {
            case "ignored" -> page -> !page.trashed;
            case "both" -> page -> asked || !page.trashed;
            default -> page -> page.trashed == asked;
        };
    }

    private ObjectNode page(List<Row> rows, NotionSorts order, NotionPaging paging, NotionView view) {
        JsonNode place = paging.place();
        int seen = place.path("seen").asInt();
        boolean counts = parts.dials().is("query.cursor", "offset");
        Stream<Row> rest = rows.stream();
        if (!place.isMissingNode()) {
            rest = counts ? rest.skip(seen) : rest.filter(row -> order.after(row, place));
        }
        long most = parts.dials().whole("query.rows_most");
        List<Row> all = rest.toList();
        int size = (int) Math.min(size(paging.size()), Math.max(0, most - seen));
        List<Row> shown = all.subList(0, Math.min(size, all.size()));
        boolean more = all.size() > shown.size();
        boolean ends = more && seen + shown.size() >= most;
        boolean capped = ends || more && parts.dials().on("query.cap_told_early") && seen + all.size() > most;
        String next = null;
        if (more && !ends) {
            ObjectNode end = shown.isEmpty() ? place.deepCopy() : NotionSorts.place(shown.get(shown.size() - 1));
            next = paging.cursor(end.put("seen", seen + shown.size()));
        }
        List<ObjectNode> results =
                shown.stream().map(row -> shapes.page(row.page(), view)).toList();
        String type = view.edition().hasDataSources() ? "page_or_data_source" : "page_or_database";
        ObjectNode list = NotionShapes.list(type, results, next);
        if (capped) {
            list.putObject("request_status")
                    .put("type", "incomplete")
                    .put("incomplete_reason", "query_result_limit_reached");
        } else if (parts.dials().on("query.status_complete")) {
            list.putObject("request_status").put("type", "complete");
        }
        return list;
    }

    /** A page may be shorter than was asked for without being the last. */
    private int size(int asked) {
        return parts.chance().happens("short page", parts.dials().number("query.short_pages"))
                ? Math.max(1, asked / 2)
                : asked;
    }
}
