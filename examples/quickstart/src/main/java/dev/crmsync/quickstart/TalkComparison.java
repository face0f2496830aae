package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads conversations and messages of both systems back over their public API, and holds them against each other: status,
 * who attends to it, and whose it is; and that every message which was told is one note of its ticket. Messages alone come from
 * the admin endpoint, because Kirim's API does not list them.
 */
final class TalkComparison {
    private static final Map<String, String> STAGES = Map.of("1", "open", "2", "pending", "3", "open", "4", "resolved");
    private static final int BATCH = 100;

    private final Accounts accounts;
    private final List<String> unexplained = new ArrayList<>();
    private final List<String> differing = new ArrayList<>();
    private int inStep;
    private int messages;

    TalkComparison(Accounts accounts) {
        this.accounts = accounts;
        Map<String, Map<String, String>> tickets = tickets();
        kirim().forEach((id, conversation) -> {
            Map<String, String> ticket = tickets.remove(id);
            if (ticket == null) {
                unexplained.add(id + ": no ticket in HubSpot");
            } else if (ticket.equals(conversation)) {
                inStep++;
            } else {
                differing.add(id);
                unexplained.add(id + ": Kirim shows " + conversation + ", HubSpot " + ticket);
            }
        });
        tickets.keySet().forEach(id -> unexplained.add(id + ": only a ticket in HubSpot"));
        notes();
    }

    private Map<String, Map<String, String>> kirim() {
        Json api = new Json(accounts.kirimToken());
        Map<String, Map<String, String>> all = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = api.get(accounts.kirimUrl() + "/" + accounts.phoneId() + "/conversations?limit=100"
                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (JsonNode one : page.get("data")) {
                Map<String, String> shown = new LinkedHashMap<>();
                shown.put("status", one.path("status").asText());
                shown.put("assignee", lower(one.path("assignee").path("email")));
                shown.put("contact", one.path("contact").path("id").asText());
                all.put(one.get("id").asText(), shown);
            }
            cursor =
                    page.path("has_more").asBoolean() ? page.path("next_cursor").asText("") : "";
        } while (!cursor.isEmpty());
        return all;
    }

    private static String lower(JsonNode text) {
        return text.isNull() ? "" : text.asText("").toLowerCase(Locale.ROOT);
    }

    private Map<String, Map<String, String>> tickets() {
        Json api = new Json(accounts.hubSpotToken());
        Map<String, String> addresses = new HashMap<>();
        api.get(accounts.hubSpotUrl() + "/crm/v3/owners?limit=500")
                .get("results")
                .forEach(owner -> addresses.put(owner.get("id").asText(), lower(owner.path("email"))));
        Map<String, String> keys = new HashMap<>();
        each(
                api,
                "contacts",
                "kirim_contact_id",
                contact -> keys.put(
                        contact.get("id").asText(),
                        contact.get("properties").path("kirim_contact_id").asText("")));
        Map<String, Map<String, String>> byTicket = new LinkedHashMap<>();
        Map<String, String> ids = new HashMap<>();
        each(api, "tickets", "kirim_conversation_id,hs_pipeline_stage,hubspot_owner_id", ticket -> {
            JsonNode properties = ticket.get("properties");
            Map<String, String> shown = new LinkedHashMap<>();
            shown.put(
                    "status",
                    STAGES.getOrDefault(properties.path("hs_pipeline_stage").asText(), "?"));
            shown.put(
                    "assignee",
                    addresses.getOrDefault(properties.path("hubspot_owner_id").asText(""), ""));
            shown.put("contact", "");
            byTicket.put(ticket.get("id").asText(), shown);
            ids.put(
                    ticket.get("id").asText(),
                    properties.path("kirim_conversation_id").asText("no key"));
        });
        associated(api, "tickets", "contacts", new ArrayList<>(byTicket.keySet()))
                .forEach((ticket, contact) -> byTicket.getOrDefault(ticket, new HashMap<>())
                        .put("contact", keys.getOrDefault(contact, contact)));
        Map<String, Map<String, String>> byConversation = new TreeMap<>();
        byTicket.forEach((ticket, shown) -> {
            if (byConversation.put(String.valueOf(ids.get(ticket)), shown) != null) {
                unexplained.add(ids.get(ticket) + ": HubSpot has it twice");
            }
        });
        return byConversation;
    }

    /** What each object is associated with; of several all, so that the difference shows. */
    private Map<String, String> associated(Json api, String from, String to, List<String> ids) {
        Map<String, String> others = new HashMap<>();
        for (int start = 0; start < ids.size(); start += BATCH) {
            ArrayNode inputs = Json.array();
            ids.subList(start, Math.min(ids.size(), start + BATCH))
                    .forEach(id -> inputs.add(Json.object().put("id", id)));
            JsonNode answer = api.post(
                    accounts.hubSpotUrl() + "/crm/v4/associations/" + from + "/" + to + "/batch/read",
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

    private void each(Json api, String type, String properties, Consumer<JsonNode> each) {
        String after = "";
        do {
            JsonNode page = api.get(accounts.hubSpotUrl() + "/crm/v3/objects/" + type + "?limit=100&properties="
                    + properties + (after.isEmpty() ? "" : "&after=" + after));
            page.get("results").forEach(each);
            after = page.path("paging").path("next").path("after").asText("");
        } while (!after.isEmpty());
    }

    private void notes() {
        Map<String, String> told = new TreeMap<>();
        for (JsonNode message :
                new Json(null).get(accounts.kirimAdmin() + "/messages").get("messages")) {
            told.put(
                    message.get("id").asText(),
                    message.path("text").path("body").asText());
        }
        Json api = new Json(accounts.hubSpotToken());
        Map<String, String> bodies = new TreeMap<>();
        List<String> ids = new ArrayList<>();
        each(api, "notes", "kirim_message_id,hs_note_body", note -> {
            String id = note.get("properties").path("kirim_message_id").asText("no key");
            ids.add(note.get("id").asText());
            String body = note.get("properties").path("hs_note_body").asText("");
            if (bodies.put(id, plain(body)) != null) {
                unexplained.add(id + ": HubSpot has two notes of it");
            }
        });
        messages = told.size();
        told.forEach((id, text) -> {
            String body = bodies.remove(id);
            if (!text.equals(body)) {
                unexplained.add(id + ": " + (body == null ? "no note in HubSpot" : "its note reads otherwise"));
            }
        });
        bodies.keySet().forEach(id -> unexplained.add(id + ": a note in HubSpot of no message"));
        int placed = associated(api, "notes", "tickets", ids).size();
        if (placed != ids.size()) {
            unexplained.add((ids.size() - placed) + " notes belong to no ticket");
        }
    }

    private static String plain(String html) {
        return html.replace("<br>", "\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    int inStep() {
        return inStep;
    }

    int messages() {
        return messages;
    }

    /** The conversations that both systems have, and show otherwise. */
    List<String> differing() {
        return differing;
    }

    List<String> unexplained() {
        return unexplained;
    }
}
