package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.segments.Segment;
import dev.crmsync.segments.SegmentPlan;
import dev.crmsync.segments.SegmentReport;
import dev.crmsync.segments.Tagging;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A list of HubSpot's contacts that is mirrored as a label in Kirim. */
final class SegmentOfVips {
    private static final String LIST = "VIP customers";
    private static final int BATCH = 100;

    private final Accounts accounts;
    private final Options options;

    SegmentOfVips(Accounts accounts, Options options) {
        this.accounts = accounts;
        this.options = options;
    }

    void mirror(SyncEngine engine, PrintStream out) {
        if (options.segment() == 0) {
            return;
        }
        Tagging tagging =
                engine.segments(Embedding.SYNC).tagging(new Segment("crm", "list:" + list(), "kirim", "VIP customer"));
        SegmentPlan plan = tagging.dryRun();
        out.println("segment: " + plan);
        SegmentReport report = tagging.apply(plan.hash());
        out.println("segment: " + report.applied() + " labelled, " + report.skipped() + " passed over, "
                + report.removed() + " no longer");
    }

    /** The list with its members, made by HubSpot's own API, unless an earlier run has made it. */
    private String list() {
        Json api = new Json(accounts.hubSpotToken());
        String lists = accounts.hubSpotUrl() + "/crm/v3/lists";
        JsonNode found = api.post(
                        lists + "/search", Json.object().put("query", LIST).put("count", 1))
                .path("lists");
        String id = found.isEmpty()
                ? api.post(
                                lists,
                                Json.object()
                                        .put("name", LIST)
                                        .put("objectTypeId", "0-1")
                                        .put("processingType", "MANUAL"))
                        .path("list")
                        .path("listId")
                        .asText()
                : found.get(0).path("listId").asText();
        List<String> members = new ArrayList<>();
        new Json(null)
                .get(accounts.hubSpotAdmin() + "/contacts")
                .get("contacts")
                .forEach(contact -> {
                    boolean known = !contact.get("properties")
                            .path("kirim_contact_id")
                            .asText("")
                            .isEmpty();
                    if (known && members.size() < options.segment()) {
                        members.add(contact.get("id").asText());
                    }
                });
        for (int from = 0; from < members.size(); from += BATCH) {
            ArrayNode some = Json.array();
            members.subList(from, Math.min(members.size(), from + BATCH)).forEach(some::add);
            api.put(lists + "/" + id + "/memberships/add", some);
        }
        return id;
    }
}
