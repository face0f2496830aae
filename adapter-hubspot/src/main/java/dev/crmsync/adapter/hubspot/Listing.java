package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks all objects of a kind by the collection itself, which is no index and has no wall. */
final class Listing {
    private static final int PAGE = 100;
    private static final String CURSOR = "hubspot-walk-1:";

    private final String system;
    private final Settings settings;
    private final Api api;
    private final Rows rows;
    private final Links links;
    private final Scope scope;

    Listing(String system, Settings settings, Api api, Rows rows, Links links, Scope scope) {
        this.links = links;
        this.scope = scope;
        this.system = system;
        this.settings = settings;
        this.api = api;
        this.rows = rows;
    }

    Page list(@Nullable String cursor) {
        HttpCall call = HttpCall.get(api.objects(""))
                .query("limit", Integer.toString(PAGE))
                .query("properties", String.join(",", rows.asked()))
                .query("archived", "false");
        HttpAnswer answer = api.read(cursor == null ? call : call.query("after", after(cursor)));
        List<ChangeEvent> events = new ArrayList<>();
        List<JsonNode> own = scope.within(Api.body(answer).path("results"));
        links.show(own);
        own.forEach(row -> events.add(rows.full(row, answer, Evidence.LISTING)));
        String next = Api.body(answer).path("paging").path("next").path("after").asText("");
        return new Page(events, next.isEmpty() ? null : CURSOR + next, true);
    }

    private String after(String cursor) {
        if (!cursor.startsWith(CURSOR) || cursor.length() == CURSOR.length()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system
                                    + ": the cursor is none of a walk over HubSpot's "
                                    + api.kind().plural() + "; begin the walk"
                                    + " anew")
                    .inSystem(system);
        }
        return cursor.substring(CURSOR.length());
    }

    /** Another account, API or set of properties is another question. */
    String scopeFingerprint() {
        String question = String.join(
                "\n",
                settings.baseUrl(),
                settings.objectsPath(),
                String.valueOf(settings.portalId()),
                String.join(",", rows.asked()),
                "archived=false",
                scope.toString());
        return "hubspot-" + api.kind().plural() + "-1:"
                + Signatures.hex(Signatures.sha256(Bytes.utf8(question))).substring(0, 32);
    }
}
