package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What changed of late, of several kinds at once; leads are not among them. Guarded by the stand-in's lock. */
final class PipedriveRecentsApi {
    private static final List<PipedriveKind> KINDS = List.of(
            PipedriveKind.ACTIVITY,
            PipedriveKind.DEAL,
            PipedriveKind.NOTE,
            PipedriveKind.PERSON,
            PipedriveKind.PIPELINE,
            PipedriveKind.STAGE);
    private static final Set<String> WORDS = Set.of(
            "activity",
            "activityType",
            "deal",
            "file",
            "filter",
            "note",
            "person",
            "organization",
            "pipeline",
            "product",
            "stage",
            "user");

    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveTeam team;
    private final PipedriveLegacyShapes shapes;

    PipedriveRecentsApi(Parts parts, PipedriveState state, PipedriveTeam team, PipedriveLegacyShapes shapes) {
        this.parts = parts;
        this.state = state;
        this.team = team;
        this.shapes = shapes;
    }

    private record Row(PipedriveKind kind, Item item) {}

    void addTo(Routes routes) {
        for (String path : PipedrivePaths.v1("recents")) {
            routes.on("GET", path, this::recents);
        }
    }

    private Reply recents(Call call) {
        Request request = call.request();
        String raw = Objects.requireNonNullElse(request.query("since_timestamp"), "");
        Long since = PipedriveTimes.parseLegacy(raw);
        if (since == null) {
            throw PipedriveErrors.invalid("since_timestamp: must be YYYY-MM-DD HH:MM:SS");
        }
        Set<String> items = PipedriveView.names(request, "items");
        if (!WORDS.containsAll(items)) {
            throw PipedriveErrors.invalid(
                    "items: must be among " + WORDS.stream().sorted().toList());
        }
        boolean deleted = parts.dials().is("recents.deleted", "included");
        List<Row> rows = KINDS.stream()
                .filter(kind -> items.isEmpty() || items.contains(kind.word()))
                .flatMap(kind -> state.shelf(kind).items.values().stream().map(item -> new Row(kind, item)))
                .filter(row -> row.item.updateTime / 1000 * 1000 >= since)
                .filter(row -> (deleted || !row.item.deleted) && team.tokenSees(row.item))
                .sorted(Comparator.comparingLong((Row row) -> row.item.updateTime)
                        .thenComparingLong(row -> row.item.number))
                .toList();
        PipedrivePages.Older page = PipedrivePages.older(
                request,
                rows,
                row -> Json.object()
                        .put("item", row.kind.word())
                        .put("id", row.item.number)
                        .set("data", shapes.any(row.kind, row.item)));
        ObjectNode body = Json.object().put("success", true).set("data", page.data());
        String last =
                page.data().path(page.data().size() - 1).at("/data/update_time").asText(raw);
        body.putObject("additional_data")
                .put("since_timestamp", raw)
                .put("last_timestamp_on_page", last)
                .set("pagination", page.paging());
        return Reply.json(200, body);
    }
}
