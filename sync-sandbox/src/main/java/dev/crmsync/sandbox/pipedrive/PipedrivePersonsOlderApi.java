package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Change;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.function.Function;

/** What only the older edition has of persons: merging and the changelog. Guarded by the stand-in's lock. */
final class PipedrivePersonsOlderApi {
    private final PipedriveBook persons;
    private final PipedriveMerge merge;
    private final PipedriveHistory history;
    private final PipedriveLegacyShapes shapes;
    private final Function<Request, PipedriveOrigin> api;

    PipedrivePersonsOlderApi(
            PipedriveBook persons,
            PipedriveMerge merge,
            PipedriveHistory history,
            PipedriveLegacyShapes shapes,
            Function<Request, PipedriveOrigin> api) {
        this.persons = persons;
        this.merge = merge;
        this.history = history;
        this.shapes = shapes;
        this.api = api;
    }

    void addTo(Routes routes) {
        for (String base : PipedrivePaths.v1("persons/{id}")) {
            routes.on("PUT", base + "/merge", this::merge).on("GET", base + "/changelog", this::changelog);
        }
    }

    /** The person of the path disappears; the one of the body survives. */
    private Reply merge(Call call) {
        JsonNode into = call.request().json().path("merge_with_id");
        if (!into.isIntegralNumber()) {
            throw PipedriveErrors.invalid("merge_with_id: must be an integer");
        }
        Item loser = persons.live(call.param("id"));
        Item survivor = persons.live(into.asText());
        merge.merge(PipedriveKind.PERSON, loser, survivor, api.apply(call.request()));
        return PipedrivePages.data(200, shapes.person(survivor).put("merge_what_id", loser.number));
    }

    private Reply changelog(Call call) {
        Item person = persons.found(call.param("id"));
        return PipedrivePages.counted(call.request(), history.of(person), "changelog", PipedrivePersonsOlderApi::shown);
    }

    private static ObjectNode shown(Change change) {
        return Json.object()
                .put("field_key", change.field)
                .put("old_value", change.before)
                .put("new_value", change.after)
                .put("actor_user_id", change.userId)
                .put("time", PipedriveTimes.legacy(change.at))
                .put("change_source", change.source)
                .put("change_source_user_agent", change.agent)
                .put("is_bulk_update_flag", change.bulk);
    }
}
