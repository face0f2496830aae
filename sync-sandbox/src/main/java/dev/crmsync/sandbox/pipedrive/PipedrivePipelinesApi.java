package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.List;
import java.util.Objects;

/** Pipelines and their stages: read by the API, made by people. Guarded by the stand-in's lock. */
final class PipedrivePipelinesApi {
    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveReferences references;
    private final PipedriveShapes shapes;

    PipedrivePipelinesApi(Parts parts, PipedriveState state, PipedriveReferences references, PipedriveShapes shapes) {
        this.parts = parts;
        this.state = state;
        this.references = references;
        this.shapes = shapes;
        addStandard();
    }

    /** The pipeline that every company begins with. */
    void addStandard() {
        if (state.shelf(PipedriveKind.PIPELINE).items.isEmpty()) {
            makePipeline(
                    "Pipeline",
                    List.of("Qualified", "Contact Made", "Demo Scheduled", "Proposal Made", "Negotiations Started"));
        }
    }

    /** A new pipeline with these stages. */
    Item makePipeline(String name, List<String> stages) {
        ObjectNode values = Json.object()
                .put("name", name)
                .put("order_nr", state.shelf(PipedriveKind.PIPELINE).items.size())
                .put("is_deal_probability_enabled", true);
        Item pipeline = make(PipedriveKind.PIPELINE, values);
        for (int i = 0; i < stages.size(); i++) {
            make(
                    PipedriveKind.STAGE,
                    Json.object()
                            .put("name", stages.get(i))
                            .put("order_nr", i)
                            .put("deal_probability", 100)
                            .put("pipeline_id", pipeline.number)
                            .put("is_deal_rot_enabled", false));
        }
        return pipeline;
    }

    private Item make(PipedriveKind kind, ObjectNode values) {
        Item item = new Item();
        item.number = state.next(kind.word());
        item.id = String.valueOf(item.number);
        item.values = values;
        item.addTime = parts.clock().millis();
        item.updateTime = item.addTime;
        state.shelf(kind).items.put(item.number, item);
        return item;
    }

    void addTo(Routes routes) {
        for (PipedriveKind kind : List.of(PipedriveKind.PIPELINE, PipedriveKind.STAGE)) {
            String base = PipedrivePaths.v2(kind.plural());
            routes.on("GET", base, call -> list(kind, call)).on("GET", base + "/{id}", call -> get(kind, call));
        }
    }

    private Reply list(PipedriveKind kind, Call call) {
        String pipeline = call.request().query("pipeline_id");
        List<Item> items = state.shelf(kind).items.values().stream()
                .filter(one -> pipeline == null
                        || Objects.equals(one.values.path("pipeline_id").asText(), pipeline))
                .toList();
        return PipedrivePages.counted(call.request(), items, kind.plural(), one -> shapes.whole(kind, one));
    }

    private Reply get(PipedriveKind kind, Call call) {
        Item item = references.record(kind, call.param("id"));
        if (item == null) {
            throw PipedriveErrors.missing(kind);
        }
        return PipedrivePages.data(200, shapes.whole(kind, item));
    }
}
