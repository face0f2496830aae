package dev.crmsync.tests.kirim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What people do in both accounts, at the fall of a seeded dice, and what they must find there in the end: of each field that
 * they touched at its owner, what they left it with.
 */
final class People {
    private static final List<String> NAMES = List.of(
            "Budi Santoso",
            "Siti Nurhaliza",
            "Zoë O'Brien",
            "محمد علي",
            "小明 王",
            "Γιώργος Παπάς",
            "Ana Maria",
            "R. 'Bobby' <b>");
    private static final List<String> LABELS = List.of("VIP", "Trial", "Past due", "新客");
    private static final List<String> SEGMENTS = List.of("gold", "silver", "Ünïque", "a;b");

    private final TwoAccounts accounts;
    private final Random dice;
    private final List<String> done = new ArrayList<>();
    private final List<String> users = new ArrayList<>();
    private final List<String> owners = new ArrayList<>();

    /** What was typed last at the owner of a field, by the contact's id in Kirim. */
    final Map<String, Map<String, String>> left = new TreeMap<>();

    /** Contacts of whom a person merged, deleted or made a second record: who is who is not for the judge to say. */
    final TreeSet<String> entangled = new TreeSet<>();

    private int numbers;

    People(TwoAccounts accounts, Random dice) {
        this.accounts = accounts;
        this.dice = dice;
    }

    List<String> done() {
        return done;
    }

    private <T> T any(List<T> all) {
        return all.get(dice.nextInt(all.size()));
    }

    /** Contacts on both sides, some of them with one address, a team, and conversations. */
    void populate() {
        for (String name : List.of("Sari", "Tono")) {
            String address = name.toLowerCase(Locale.ROOT) + "@team.example";
            users.add(first(accounts.kirim.any(
                    "POST", "/users", Map.of("users", List.of(Map.of("name", name, "email", address))))));
            owners.add(first(accounts.crm.any(
                    "POST", "/owners", Map.of("owners", List.of(Map.of("firstName", name, "email", address))))));
        }
        for (int i = 0; i < 2 + dice.nextInt(3); i++) {
            newInKirim();
        }
        for (int i = 0; i < dice.nextInt(3); i++) {
            newInCrm();
        }
    }

    private static String first(Map<String, Object> answer) {
        return String.valueOf(((List<?>) answer.get("ids")).get(0));
    }

    /** One thing that one person does. */
    void act() {
        switch (dice.nextInt(14)) {
            case 0 -> newInKirim();
            case 1 -> newInCrm();
            case 2 -> inKirim("name", any(NAMES), null);
            case 3 -> inKirim("email", address(), null);
            case 4 -> inKirim("phone_number", phone(), "phone");
            case 5 -> label();
            case 6, 7 -> talk();
            case 8 -> inCrm("firstname", any(NAMES), null);
            case 9 -> inCrm("email", address(), "email");
            case 10 -> inCrm("crm_segment", any(SEGMENTS), "crm_segment");
            case 11 -> inCrm(any(List.of("phone", "whatsapp_labels")), phone(), null);
            case 12 -> ticket();
            default -> entangle();
        }
    }

    private String phone() {
        return "+62812" + String.format(Locale.ROOT, "%08d", 10_000 + dice.nextInt(90_000_000));
    }

    /** Mostly a new address, and now and then one that somebody else may have. */
    private String address() {
        return (dice.nextInt(6) > 0 ? "p" + numbers++ : "shared" + dice.nextInt(2)) + "@example.com";
    }

    private void say(String what) {
        done.add(what);
    }

    private void newInKirim() {
        Map<String, Object> contact = new HashMap<>(Map.of("op", "create", "phone_number", phone()));
        if (dice.nextInt(5) > 0) {
            contact.put("name", any(NAMES));
        }
        if (dice.nextBoolean()) {
            contact.put("email", address());
        }
        if (dice.nextBoolean()) {
            contact.put("metadata", Map.of("crm_segment", any(SEGMENTS), "note", 7));
        }
        String id = String.valueOf(accounts.kirim.edit(contact).get("id"));
        left.put(id, new TreeMap<>(Map.of("phone", String.valueOf(contact.get("phone_number")))));
        say("kirim: new " + id + " " + contact);
    }

    private void newInCrm() {
        Map<String, Object> properties = new TreeMap<>(Map.of("firstname", any(NAMES), "email", address()));
        say("crm: new " + properties + attempt(Map.of("op", "create", "properties", properties)));
    }

    /** Editing may be refused, as where another contact has the address already: then nobody did anything. */
    private String attempt(Map<String, Object> edit) {
        try {
            return " as " + accounts.crm.edit(edit).get("id");
        } catch (RuntimeException refused) {
            return ": refused";
        }
    }

    private void inKirim(String property, String value, String owned) {
        String id = any(List.copyOf(left.keySet()));
        accounts.kirim.edit(Map.of("op", "patch", "id", id, property, value));
        if (owned != null) {
            left.get(id).put(owned, value);
        }
        say("kirim: " + property + " of " + id + " is " + value);
    }

    private void label() {
        String id = any(List.copyOf(left.keySet()));
        String what = dice.nextBoolean() ? "add_labels" : "remove_labels";
        String label = any(LABELS);
        accounts.kirim.edit(Map.of("op", "patch", "id", id, what, List.of(label)));
        say("kirim: " + what + " " + label + " of " + id);
    }

    private void talk() {
        String id = any(List.copyOf(left.keySet()));
        Map<?, ?> message = doing(Map.of(
                "op", "message", "contact_id", id, "inbound", dice.nextBoolean(), "text", "no. " + numbers++ + " <3"));
        String conversation = String.valueOf(message.get("conversation_id"));
        say("kirim: message of " + id + " in " + conversation);
        if (dice.nextBoolean()) {
            Map<String, Object> assign = new HashMap<>(Map.of("op", "assign", "id", conversation));
            assign.put("user_id", dice.nextInt(4) > 0 ? any(users) : null);
            doing(assign);
            say("kirim: " + assign);
        }
        if (dice.nextInt(3) == 0) {
            String status = any(List.of("resolved", "pending", "open"));
            doing(Map.of("op", "status", "id", conversation, "status", status));
            say("kirim: " + conversation + " is " + status);
        }
    }

    private Map<?, ?> doing(Map<String, Object> doing) {
        List<?> results = (List<?>) accounts.kirim
                .any("POST", "/conversations/doings", Map.of("doings", List.of(doing)))
                .get("results");
        return (Map<?, ?>) results.get(0);
    }

    private void inCrm(String property, String value, String owned) {
        List<Map<String, Object>> all = Judge.present(accounts.crm.dump());
        if (all.isEmpty()) {
            return;
        }
        Map<String, Object> contact = any(all);
        String id = String.valueOf(contact.get("id"));
        String how = attempt(Map.of("op", "patch", "id", id, "properties", Map.of(property, value)));
        String key = Judge.property(contact, "kirim_contact_id");
        if (owned != null && !how.endsWith("refused") && left.containsKey(key)) {
            left.get(key).put(owned, value);
        }
        say("crm: " + property + " of " + id + " is " + value + how);
    }

    private void ticket() {
        List<?> tickets = (List<?>) accounts.crm.any("GET", "/tickets", null).get("tickets");
        if (!tickets.isEmpty()) {
            String id = String.valueOf(((Map<?, ?>) any(tickets)).get("id"));
            Map<String, String> properties = dice.nextBoolean()
                    ? Map.of("hs_pipeline_stage", any(List.of("1", "2", "3", "4")))
                    : Map.of("hubspot_owner_id", any(owners));
            accounts.crm.any("POST", "/tickets/edits", Map.of("op", "patch", "id", id, "properties", properties));
            say("crm: ticket " + id + " " + properties);
        }
    }

    /** Seldom: two contacts of the CRM become one, or one is deleted. */
    private void entangle() {
        List<Map<String, Object>> all = Judge.present(accounts.crm.dump());
        if (all.size() < 2 || dice.nextInt(3) > 0) {
            return;
        }
        Map<String, Object> one = all.remove(dice.nextInt(all.size()));
        entangled.add(Judge.property(one, "kirim_contact_id"));
        if (dice.nextBoolean()) {
            say("crm: archive " + one.get("id") + attempt(Map.of("op", "archive", "id", one.get("id"))));
            return;
        }
        Map<String, Object> other = any(all);
        entangled.add(Judge.property(other, "kirim_contact_id"));
        say("crm: merge " + one.get("id") + " into " + other.get("id")
                + attempt(Map.of("op", "merge", "primary", other.get("id"), "secondary", one.get("id"))));
    }
}
