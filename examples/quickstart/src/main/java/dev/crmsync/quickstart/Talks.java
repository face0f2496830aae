package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Fills the sandbox with a team and its conversations, and plays what people do to them: contacts write, somebody answers,
 * takes a conversation over, closes it. Doing number k is the same in every run of one seed, and how many have been played is
 * noted, so that a run that was cut off goes on.
 */
final class Talks {
    /** The counters of the doings and of the teams that were made, beside those of the edits on each side. */
    private static final int DOINGS = -1;

    private static final int TEAMS = -2;

    private static final int AT_A_TIME = 20;
    private static final List<String> TEAM = List.of("Sari", "Tono", "Wulan", "Agus", "Dewi");

    private final Accounts accounts;
    private final List<Crm> crms;
    private final Options options;
    private final Notes notes;
    private final Json admin = new Json();

    Talks(Accounts accounts, List<Crm> crms, Options options, Notes notes) {
        this.accounts = accounts;
        this.crms = crms;
        this.options = options;
        this.notes = notes;
    }

    /** Makes the team on all sides, and a conversation for every fifth contact, as far as they are missing. */
    void fill() {
        if (options.conversations() == 0) {
            return;
        }
        if (admin.get(accounts.kirimAdmin() + "/users").get("users").isEmpty()) {
            ArrayNode users = Json.array();
            for (String name : TEAM) {
                String address = name.toLowerCase(Locale.ROOT) + "@team.example";
                users.add(Json.object().put("name", name).put("email", address));
            }
            admin.post(accounts.kirimAdmin() + "/users", Json.object().set("users", users));
        }
        for (int made = notes.played(options.seed(), TEAMS); made < crms.size(); made++) {
            crms.get(made).team(TEAM);
            notes.played(options.seed(), TEAMS, made + 1);
        }
        int there = conversations().size();
        List<String> contacts = contacts();
        for (int from = there; from < options.conversations(); from += AT_A_TIME) {
            ArrayNode doings = Json.array();
            for (int i = from; i < Math.min(from + AT_A_TIME, options.conversations()); i++) {
                doings.add(Json.object().put("op", "open").put("contact_id", contacts.get(i * 5 + 2)));
            }
            play(doings);
        }
    }

    private List<String> contacts() {
        List<String> ids = new ArrayList<>();
        admin.get(accounts.kirimAdmin() + "/contacts")
                .get("contacts")
                .forEach(contact -> ids.add(contact.get("id").asText()));
        ids.sort(null);
        return ids;
    }

    /** The conversations in a stable order. */
    private List<JsonNode> conversations() {
        List<JsonNode> all = new ArrayList<>();
        admin.get(accounts.kirimAdmin() + "/conversations").get("conversations").forEach(all::add);
        all.sort(
                (one, other) -> one.get("id").asText().compareTo(other.get("id").asText()));
        return all;
    }

    /** From now on messages are told; those that were written before the sync followed them never are. */
    void tell() {
        admin.patch(accounts.kirimAdmin() + "/dials", Json.object().put("events.messages", true));
    }

    /** Plays the doings that no earlier run has played, and says how many. */
    int play() {
        List<JsonNode> all = conversations();
        List<String> users = new ArrayList<>();
        admin.get(accounts.kirimAdmin() + "/users")
                .get("users")
                .forEach(user -> users.add(user.get("id").asText()));
        int played = 0;
        for (int k = notes.played(options.seed(), DOINGS); k < all.size(); k += AT_A_TIME) {
            ArrayNode doings = Json.array();
            int end = Math.min(k + AT_A_TIME, all.size());
            for (int i = k; i < end; i++) {
                doings(i, all.get(i), users, doings);
            }
            play(doings);
            notes.played(options.seed(), DOINGS, end);
            played += end - k;
        }
        return played;
    }

    private void doings(int k, JsonNode conversation, List<String> users, ArrayNode doings) {
        Random chance = new Random(options.seed() * 104_729 + k);
        String id = conversation.get("id").asText();
        String contact = conversation.get("contact_id").asText();
        doings.add(message(k, contact, true, "Halo, no. " + k + " <3 & more"));
        if (chance.nextInt(4) > 0) {
            doings.add(Json.object()
                    .put("op", "assign")
                    .put("id", id)
                    .put("user_id", users.get(chance.nextInt(users.size()))));
            doings.add(message(k, contact, false, "How can we help?\nWe are here."));
        }
        switch (chance.nextInt(6)) {
            case 0, 1 -> doings.add(status(id, "resolved"));
            case 2 -> doings.add(status(id, "pending"));
            case 3 -> {
                // Opened again by the contact's next message: no event tells it, and the last walk finds it.
                doings.add(status(id, "resolved"));
                doings.add(message(k, contact, true, "One more thing"));
            }
            case 4 -> doings.add(Json.object().put("op", "assign").put("id", id).putNull("user_id"));
            default -> {}
        }
    }

    /** A message that is played again after a kill bears the same id, and is the same message. */
    private ObjectNode message(int k, String contact, boolean inbound, String text) {
        long number = new Random(options.seed() * 1_000_003 + k * 100L + text.length()).nextLong() >>> 1;
        return Json.object()
                .put("op", "message")
                .put("contact_id", contact)
                .put("inbound", inbound)
                .put("text", text)
                .put("message_id", "msg_" + Long.toString(number, 32).toUpperCase(Locale.ROOT));
    }

    private static ObjectNode status(String id, String status) {
        return Json.object().put("op", "status").put("id", id).put("status", status);
    }

    private void play(ArrayNode doings) {
        JsonNode answer = admin.post(
                accounts.kirimAdmin() + "/conversations/doings", Json.object().set("doings", doings));
        if (answer.path("failed").asInt() > 0) {
            throw new IllegalStateException("the sandbox refused what people do: " + answer.path("results"));
        }
    }
}
