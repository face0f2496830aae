package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** HubSpot's tickets and notes as its public API shows them. */
final class HubSpotTalk {
    private static final Map<String, String> STAGES = Map.of("1", "open", "2", "pending", "3", "open", "4", "resolved");
    private static final int BATCH = 100;

    private final String url;
    private final Json api;

    HubSpotTalk(String url, Json api) {
        this.url = url;
        this.api = api;
    }

    List<Crm.Ticket> tickets() {
        Map<String, String> addresses = new HashMap<>();
        api.get(url + "/crm/v3/owners?limit=500")
                .get("results")
                .forEach(owner -> addresses.put(
                        owner.get("id").asText(), owner.path("email").asText("").toLowerCase(Locale.ROOT)));
        Map<String, String> keys = new HashMap<>();
        for (JsonNode contact : all(api, url, "contacts", "kirim_contact_id")) {
            keys.put(
                    contact.get("id").asText(),
                    contact.get("properties").path("kirim_contact_id").asText(""));
        }
        Map<String, Crm.Ticket> byId = new LinkedHashMap<>();
        for (JsonNode ticket : all(api, url, "tickets", "kirim_conversation_id,hs_pipeline_stage,hubspot_owner_id")) {
            JsonNode properties = ticket.get("properties");
            Map<String, String> shown = new LinkedHashMap<>();
            shown.put(
                    "status",
                    STAGES.getOrDefault(properties.path("hs_pipeline_stage").asText(), "?"));
            shown.put(
                    "assignee",
                    addresses.getOrDefault(properties.path("hubspot_owner_id").asText(""), ""));
            shown.put("contact", "");
            String key = properties.path("kirim_conversation_id").asText("no key");
            byId.put(ticket.get("id").asText(), new Crm.Ticket(key, shown));
        }
        associated("tickets", "contacts", new ArrayList<>(byId.keySet())).forEach((ticket, contact) -> {
            Crm.Ticket known = byId.get(ticket);
            if (known != null) {
                known.shown().put("contact", keys.getOrDefault(contact, contact));
            }
        });
        return List.copyOf(byId.values());
    }

    List<Crm.Note> notes() {
        List<JsonNode> rows = all(api, url, "notes", "kirim_message_id,hs_note_body");
        List<String> ids = rows.stream().map(note -> note.get("id").asText()).toList();
        Map<String, String> places = associated("notes", "tickets", ids);
        return rows.stream()
                .map(note -> new Crm.Note(
                        note.get("properties").path("kirim_message_id").asText("no key"),
                        Readback.plain(
                                note.get("properties").path("hs_note_body").asText("")),
                        places.containsKey(note.get("id").asText())))
                .toList();
    }

    /** What each object is associated with; of several all, so that the difference shows. */
    private Map<String, String> associated(String from, String to, List<String> ids) {
        Map<String, String> others = new HashMap<>();
        for (int start = 0; start < ids.size(); start += BATCH) {
            ArrayNode inputs = Json.array();
            ids.subList(start, Math.min(ids.size(), start + BATCH))
                    .forEach(id -> inputs.add(Json.object().put("id", id)));
            JsonNode answer = api.post(
                    url + "/crm/v4/associations/" + from + "/" + to + "/batch/read",
                    Json.object().set("inputs", inputs));
            for (JsonNode result : answer.get("results")) {
                result.get("to")
                        .forEach(other -> others.merge(
                                result.get("from").get("id").asText(),
                                other.get("toObjectId").asText(),
                                (one, more) -> one + "+" + more));
            }
        }
        return others;
    }

    /** Every object of a type, with these properties. */
    static List<JsonNode> all(Json api, String url, String type, String properties) {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = api.get(url + "/crm/v3/objects/" + type + "?limit=100&properties=" + properties
                    + (after.isEmpty() ? "" : "&after=" + after));
            page.get("results").forEach(all::add);
            after = page.path("paging").path("next").path("after").asText("");
        } while (!after.isEmpty());
        return all;
    }
}
