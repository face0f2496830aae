package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads conversations and messages of Kirim and a CRM back over their public API, and holds them against each other: status,
 * who attends to it, and whose it is; and that every message which was told is one note of its ticket. Messages alone come from
 * the admin endpoint, because Kirim's API does not list them.
 */
final class TalkComparison {
    private final Accounts accounts;
    private final Crm crm;
    private final Set<String> waiting = new HashSet<>();
    private final List<String> unexplained = new ArrayList<>();
    private final List<String> differing = new ArrayList<>();
    private final Set<String> inStep = new TreeSet<>();
    private int messages;

    /** A message of Kirim. */
    private record Told(String conversation, String text) {}

    /**
     * @param nameless the Kirim contacts that have no record in the CRM for want of a name, so that their conversations have no
     *     ticket
     */
    TalkComparison(Accounts accounts, Crm crm, Set<String> nameless) {
        this.accounts = accounts;
        this.crm = crm;
        Map<String, Map<String, String>> tickets = tickets();
        kirim().forEach((id, conversation) -> {
            Map<String, String> ticket = tickets.remove(id);
            if (ticket == null && nameless.contains(conversation.get("contact"))) {
                waiting.add(id);
            } else if (ticket == null) {
                unexplained.add(id + ": no ticket in " + crm.name());
            } else if (ticket.equals(conversation)) {
                inStep.add(id);
            } else {
                differing.add(id);
                unexplained.add(id + ": Kirim shows " + conversation + ", " + crm.name() + " " + ticket);
            }
        });
        tickets.keySet().forEach(id -> unexplained.add(id + ": only a ticket in " + crm.name()));
        notes();
    }

    private Map<String, Map<String, String>> kirim() {
        Json api = new Json("Authorization", "Bearer " + accounts.kirimToken());
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
        Map<String, Map<String, String>> byConversation = new TreeMap<>();
        for (Crm.Ticket ticket : crm.tickets()) {
            if (byConversation.put(ticket.key(), ticket.shown()) != null) {
                unexplained.add(ticket.key() + ": " + crm.name() + " has it twice");
            }
        }
        return byConversation;
    }

    private void notes() {
        Map<String, Told> told = new TreeMap<>();
        for (JsonNode message :
                new Json().get(accounts.kirimAdmin() + "/messages").get("messages")) {
            told.put(
                    message.get("id").asText(),
                    new Told(
                            message.path("conversation_id").asText(),
                            message.path("text").path("body").asText()));
        }
        Map<String, String> bodies = new TreeMap<>();
        int homeless = 0;
        for (Crm.Note note : crm.notes()) {
            homeless += note.placed() ? 0 : 1;
            if (bodies.put(note.key(), note.body()) != null) {
                unexplained.add(note.key() + ": " + crm.name() + " has two notes of it");
            }
        }
        told.forEach((id, message) -> {
            String body = bodies.remove(id);
            if (body == null && waiting.contains(message.conversation())) {
                return;
            }
            messages++;
            if (!message.text().equals(body)) {
                unexplained.add(id + ": " + (body == null ? "no note in " + crm.name() : "its note reads otherwise"));
            }
        });
        bodies.keySet().forEach(id -> unexplained.add(id + ": a note in " + crm.name() + " of no message"));
        if (homeless > 0) {
            unexplained.add(homeless + " notes belong to no ticket");
        }
    }

    /** The Kirim ids of the conversations that both systems show alike. */
    Set<String> inStep() {
        return inStep;
    }

    int messages() {
        return messages;
    }

    /** How many conversations wait for the record of their contact. */
    int waiting() {
        return waiting.size();
    }

    /** The conversations that both systems have, and show otherwise. */
    List<String> differing() {
        return differing;
    }

    List<String> unexplained() {
        return unexplained;
    }
}
