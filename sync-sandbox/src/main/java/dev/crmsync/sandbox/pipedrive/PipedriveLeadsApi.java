package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The older edition's leads, and the fields that they share with deals. Guarded by the stand-in's lock. */
final class PipedriveLeadsApi {
    private static final List<String> FILTERS = List.of("owner_id", "person_id", "organization_id");

    private final Parts parts;
    private final PipedriveBook leads;
    private final PipedriveFields fields;
    private final PipedriveLegacyShapes shapes;
    private final Function<Request, PipedriveOrigin> api;

    PipedriveLeadsApi(
            Parts parts,
            PipedriveBook leads,
            PipedriveFields fields,
            PipedriveLegacyShapes shapes,
            Function<Request, PipedriveOrigin> api) {
        this.parts = parts;
        this.leads = leads;
        this.fields = fields;
        this.shapes = shapes;
        this.api = api;
    }

    void addTo(Routes routes) {
        for (String base : PipedrivePaths.v1("leads")) {
            routes.on("GET", base, call -> list(call, false))
                    .on("POST", base, this::create)
                    .on("GET", base + "/archived", call -> list(call, true))
                    .on("GET", base + "/{id}", call -> shown(200, leads.live(call.param("id"))))
                    .on("PATCH", base + "/{id}", this::patch)
                    .on("DELETE", base + "/{id}", this::delete);
        }
        for (String base : PipedrivePaths.v1("leadFields")) {
            routes.on("GET", base, this::leadFields);
        }
    }

    private Reply list(Call call, boolean archived) {
        Request request = call.request();
        boolean since = request.query("updated_since") != null;
        List<Item> rows = PipedriveOlderList.of(leads, request, since ? "update_time ASC" : "id ASC").stream()
                .filter(item -> item.archived() == archived)
                .filter(item -> FILTERS.stream()
                        .allMatch(key -> request.query(key) == null
                                || Objects.equals(item.values.path(key).asText(), request.query(key))))
                .toList();
        return paged(PipedrivePages.older(request, rows, shapes::lead));
    }

    private Reply paged(PipedrivePages.Older page) {
        ObjectNode body = Json.object().put("success", true).set("data", page.data());
        if (parts.dials().is("leads.page", "flat")) {
            body.set("additional_data", page.paging());
        } else {
            body.putObject("additional_data").set("pagination", page.paging());
        }
        return Reply.json(200, body);
    }

    private Reply create(Call call) {
        return shown(201, leads.create(call.request().json(), api.apply(call.request()), true));
    }

    private Reply patch(Call call) {
        Item lead = leads.live(call.param("id"));
        leads.update(lead, call.request().json(), api.apply(call.request()));
        return shown(200, lead);
    }

    private Reply delete(Call call) {
        Item lead = leads.live(call.param("id"));
        leads.delete(lead, api.apply(call.request()), null);
        return PipedrivePages.data(200, Json.object().put("id", lead.id));
    }

    private Reply leadFields(Call call) {
        List<Field> all = new ArrayList<>(fields.all(PipedriveKind.LEAD));
        PipedrivePages.Older page = PipedrivePages.older(call.request(), all, shapes::field);
        ObjectNode body = Json.object().put("success", true).set("data", page.data());
        body.set("additional_data", page.paging());
        return Reply.json(200, body);
    }

    private Reply shown(int status, Item lead) {
        return PipedrivePages.data(status, shapes.lead(lead));
    }
}
