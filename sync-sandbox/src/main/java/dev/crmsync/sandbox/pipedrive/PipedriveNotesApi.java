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
import java.util.Objects;
import java.util.function.Function;

/** The older edition's notes. Guarded by the stand-in's lock. */
final class PipedriveNotesApi {
    private static final List<String> FILTERS =
            List.of("user_id", "lead_id", "deal_id", "person_id", "org_id", "project_id", "task_id");

    private final Parts parts;
    private final PipedriveBook notes;
    private final PipedriveLegacyShapes shapes;
    private final Function<Request, PipedriveOrigin> api;

    PipedriveNotesApi(
            Parts parts, PipedriveBook notes, PipedriveLegacyShapes shapes, Function<Request, PipedriveOrigin> api) {
        this.parts = parts;
        this.notes = notes;
        this.shapes = shapes;
        this.api = api;
    }

    void addTo(Routes routes) {
        for (String base : PipedrivePaths.v1("notes")) {
            routes.on("GET", base, this::list)
                    .on("POST", base, this::create)
                    .on("GET", base + "/{id}", call -> shown(200, notes.found(call.param("id"))))
                    .on("PUT", base + "/{id}", this::put)
                    .on("DELETE", base + "/{id}", this::delete);
        }
    }

    private Reply list(Call call) {
        Request request = call.request();
        boolean since = request.query("updated_since") != null;
        String standard = since && parts.dials().is("notes.order", "update_time") ? "update_time ASC" : "id ASC";
        List<Item> rows = PipedriveOlderList.of(notes, request, standard).stream()
                .filter(item -> FILTERS.stream()
                        .allMatch(key -> request.query(key) == null
                                || Objects.equals(item.values.path(key).asText(), request.query(key))))
                .toList();
        PipedrivePages.Older page = PipedrivePages.older(request, rows, shapes::note);
        ObjectNode body = Json.object().put("success", true).set("data", page.data());
        body.putObject("additional_data").set("pagination", page.paging());
        return Reply.json(200, body);
    }

    private Reply create(Call call) {
        int status = parts.dials().is("writes.created_status", "201") ? 201 : 200;
        return shown(status, notes.create(call.request().json(), api.apply(call.request()), true));
    }

    private Reply put(Call call) {
        Item item = notes.live(call.param("id"));
        notes.update(item, call.request().json(), api.apply(call.request()));
        return shown(200, item);
    }

    private Reply delete(Call call) {
        notes.delete(notes.live(call.param("id")), api.apply(call.request()), null);
        return PipedrivePages.data(200, true);
    }

    private Reply shown(int status, Item item) {
        return PipedrivePages.data(status, shapes.note(item));
    }
}
