package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Search by title over an index that lags and need not hold everything. Guarded by the stand-in's lock. */
final class NotionSearchApi {
    private final Parts parts;
    private final NotionState state;
    private final NotionAccess access;
    private final NotionBook book;
    private final NotionShapes shapes;
    private final NotionDataSourcesApi sources;

    /** Something that was found, and when it was last edited. */
    private record Found(ObjectNode shown, long editedAt) {}

    NotionSearchApi(
            Parts parts,
            NotionState state,
            NotionAccess access,
            NotionBook book,
            NotionShapes shapes,
            NotionDataSourcesApi sources) {
        this.parts = parts;
        this.state = state;
        this.access = access;
        this.book = book;
        this.shapes = shapes;
        this.sources = sources;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/v1/search", this::search);
    }

    private Reply search(Call call) {
        access.may("read_content");
        JsonNode body = call.request().json();
        String query = body.path("query").asText("").toLowerCase(Locale.ROOT);
        NotionEdition edition = NotionEdition.of(call.request());
        String container = edition.hasDataSources() ? "data_source" : "database";
        String kind = body.at("/filter/value").asText("");
        if (!kind.isEmpty() && !kind.equals("page") && !kind.equals(container)) {
            throw NotionErrors.invalid(
                    "filter.value", "should be `page` or `" + container + "`, instead was `\"" + kind + "\"`.");
        }
        List<Found> found = new ArrayList<>();
        if (!kind.equals("page")) {
            containers(query, call.request(), found);
        }
        if (!kind.equals(container)) {
            pages(query, call.request(), body.at("/filter/in_trash").asBoolean(), found);
        }
        Comparator<Found> order = Comparator.comparingLong(Found::editedAt);
        found.sort(body.at("/sort/direction").asText("descending").equals("ascending") ? order : order.reversed());
        NotionPaging.Cut<Found> cut =
                NotionPaging.of(body, "search " + query + kind).cut(found);
        List<ObjectNode> results = cut.items().stream().map(Found::shown).toList();
        String type = edition.hasDataSources() ? "page_or_data_source" : "page_or_database";
        return Reply.json(200, NotionShapes.list(type, results, cut.next()));
    }

    private void containers(String query, Request request, List<Found> found) {
        for (DataSource source : state.dataSources.values()) {
            if (access.shared(source)
                    && !source.trashed
                    && source.title.toLowerCase(Locale.ROOT).contains(query)) {
                ObjectNode shown = NotionEdition.of(request).hasDataSources()
                        ? sources.shown(source, request)
                        : sources.shown(access.database(source.database), request);
                found.add(new Found(shown, source.editedAt));
            }
        }
    }

    private void pages(String query, Request request, boolean trashed, List<Found> found) {
        for (Page page : book.searched()) {
            DataSource source = state.dataSources.get(page.dataSource);
            if (source == null || !access.shared(source) || page.trashed != trashed || missing(page)) {
                continue;
            }
            if (title(source, page).contains(query)) {
                NotionView view = new NotionView(NotionEdition.of(request), null, NotionView.REFERENCES);
                found.add(new Found(shapes.page(page, view), page.editedAt));
            }
        }
    }

    private static String title(DataSource source, Page page) {
        JsonNode title = page.values.path(NotionSchema.title(source).id);
        return NotionRichText.plain(title).toLowerCase(Locale.ROOT);
    }

    /** Some pages never enter the index; which ones follows from the seed. */
    private boolean missing(Page page) {
        double share = (parts.chance().bits("search missing", page.number) >>> 11) * 0x1.0p-53;
        return share < parts.dials().number("search.missing");
    }
}
