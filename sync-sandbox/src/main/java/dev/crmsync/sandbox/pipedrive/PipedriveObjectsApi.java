package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The newer edition's endpoints of one kind of records: persons, deals, activities. */
final class PipedriveObjectsApi {
    private final Parts parts;
    private final PipedriveBook book;
    private final PipedriveShapes shapes;
    private final PipedriveListing listing;
    private final Function<Request, PipedriveOrigin> api;

    PipedriveObjectsApi(
            Parts parts,
            PipedriveBook book,
            PipedriveShapes shapes,
            PipedriveFilters saved,
            Function<Request, PipedriveOrigin> api) {
        this.parts = parts;
        this.book = book;
        this.shapes = shapes;
        this.listing = new PipedriveListing(parts, book, shapes, saved, filters(book.kind()));
        this.api = api;
    }

    private static List<String> filters(PipedriveKind kind) {
        return switch (kind) {
            case PERSON -> List.of("owner_id", "org_id");
            case DEAL -> List.of("owner_id", "person_id", "org_id", "pipeline_id", "stage_id");
            default -> List.of("owner_id", "deal_id", "lead_id", "person_id", "org_id", "done");
        };
    }

    void addTo(Routes routes) {
        String base = PipedrivePaths.v2(book.kind().plural());
        if (book.kind() == PipedriveKind.DEAL) {
            routes.on("GET", base + "/archived", call -> list(call, Item::archived));
        }
        routes.on("GET", base, call -> list(call, item -> !item.archived()))
                .on("POST", base, this::create)
                .on("GET", base + "/{id}", this::get)
                .on("PATCH", base + "/{id}", this::patch)
                .on("DELETE", base + "/{id}", this::delete);
    }

    private Reply list(Call call, Predicate<Item> archived) {
        return listing.list(call.request(), archived.and(item -> statusFits(call.request(), item)));
    }

    private boolean statusFits(Request request, Item item) {
        Set<String> statuses = PipedriveView.names(request, "status");
        if (book.kind() != PipedriveKind.DEAL || statuses.isEmpty()) {
            return true;
        }
        if (!Set.of("open", "won", "lost", "deleted").containsAll(statuses)) {
            throw PipedriveErrors.invalid("status: must be open, won, lost or deleted");
        }
        return statuses.contains(
                item.deleted ? "deleted" : item.values.path("status").asText());
    }

    private Reply create(Call call) {
        Item made = book.create(call.request().json(), api.apply(call.request()), true);
        int status = parts.dials().is("writes.created_status", "201") ? 201 : 200;
        return PipedrivePages.data(status, shapes.whole(book.kind(), made));
    }

    private Reply get(Call call) {
        Item item = book.found(call.param("id"));
        return PipedrivePages.data(200, shapes.shown(book.kind(), item, PipedriveView.of(call.request())));
    }

    private Reply patch(Call call) {
        Item item = book.live(call.param("id"));
        book.update(item, call.request().json(), api.apply(call.request()));
        return PipedrivePages.data(200, shapes.whole(book.kind(), item));
    }

    private Reply delete(Call call) {
        Item item = book.live(call.param("id"));
        book.delete(item, api.apply(call.request()), null);
        ObjectNode data = Json.object().put("id", item.number);
        return PipedrivePages.data(200, data);
    }
}
