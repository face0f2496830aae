package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.engine.SyncEngine;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Notion as people and auditors know it: databases that people made, whose properties they see by name. */
final class NotionCrm implements Crm {
    private static final String KEY = "Kirim contact id";
    private static final String SEGMENT = "Segment";
    private static final String TICKETS = "Tickets";
    private static final Map<String, String> METADATA = Map.of("crm_segment", SEGMENT, "source", "Kirim source");

    /** In which order an answer to a query comes is the auditor's choice: one that no edit moves. */
    private static final JsonNode IN_ORDER_OF_MAKING =
            Json.parse("{\"page_size\":100,\"sorts\":[{\"timestamp\":\"created_time\",\"direction\":\"ascending\"}]}");

    private final NotionAccount account;
    private final String adminUrl;
    private final Json api;
    private final Json admin = new Json();

    NotionCrm(NotionAccount account) {
        this.account = account;
        adminUrl = String.valueOf(account.admin());
        api = new Json(Map.of("Authorization", "Bearer " + account.token(), "Notion-Version", "2026-03-11"));
    }

    /** The data source of a database of tickets, which a person makes and shares with the connection unless it is there. */
    static String databaseOfTickets(String adminUrl) {
        Json admin = new Json();
        for (JsonNode database : admin.get(adminUrl + "/databases").get("databases")) {
            if (database.path("title").asText().equals(TICKETS)) {
                return database.at("/data_sources/0/id").asText();
            }
        }
        ObjectNode database = Json.object().put("title", TICKETS);
        database.putObject("properties").put("Name", "title");
        return admin.post(adminUrl + "/databases", database)
                .at("/data_sources/0/id")
                .asText();
    }

    @Override
    public String name() {
        return "Notion";
    }

    @Override
    public String word() {
        return CrmChoice.NOTION.word();
    }

    @Override
    public String admin() {
        return adminUrl;
    }

    @Override
    public boolean needsNames() {
        return false;
    }

    @Override
    public boolean isEmpty() {
        return known().isEmpty();
    }

    /** The pages of contacts as the admin endpoint shows them, those in the trash included. */
    private List<JsonNode> known() {
        List<JsonNode> pages = new ArrayList<>();
        for (JsonNode page : admin.get(adminUrl + "/pages").get("pages")) {
            if (page.path("data_source_id").asText().equals(account.contacts())) {
                pages.add(page);
            }
        }
        return pages;
    }

    @Override
    public void seed(List<Person> persons) {
        ArrayNode pages = Json.array();
        for (Person person : persons) {
            ObjectNode values = Json.object();
            values.put("Name", (person.first() + " " + person.last()).strip());
            values.put("Email", person.email());
            values.put("Phone", person.phone());
            values.put(KEY, person.key());
            values.put(SEGMENT, person.segment());
            pages.addObject().put("data_source_id", account.contacts()).set("properties", values);
        }
        admin.post(adminUrl + "/pages", Json.object().put("webhooks", false).set("pages", pages));
    }

    @Override
    public void team(List<String> names) {
        ArrayNode users = Json.array();
        names.forEach(name -> users.add(Json.object().put("name", name).put("email", name + "@Team.example")));
        admin.post(adminUrl + "/users", Json.object().set("users", users));
    }

    /** There is no API for it: a person makes the subscription, and pastes back the token that the host was sent. */
    @Override
    public void subscribe(SyncEngine engine, URI target, Notes notes) {
        JsonNode subscription = subscription(target.toString());
        if (subscription.path("status").asText().equals("active")) {
            return;
        }
        admin.post(adminUrl + "/flush?retries=true", Json.object());
        List<String> tokens = notes.secret(word(), "webhookToken").current();
        if (tokens.isEmpty()) {
            throw new IllegalStateException("the handshake of Notion's webhooks did not arrive at " + target);
        }
        admin.post(
                adminUrl + "/webhooks/" + subscription.get("id").asText() + "/verify",
                Json.object().put("token", tokens.get(0)));
    }

    /** The subscription for an address, which is made, or asked to say its token again, unless it is verified. */
    private JsonNode subscription(String url) {
        for (JsonNode one : admin.get(adminUrl + "/webhooks").get("webhooks")) {
            if (one.path("url").asText().equals(url)) {
                boolean verified = one.path("status").asText().equals("active");
                return verified
                        ? one
                        : admin.post(adminUrl + "/webhooks/" + one.get("id").asText() + "/resend", Json.object());
            }
        }
        return admin.post(adminUrl + "/webhooks", Json.object().put("url", url));
    }

    @Override
    public Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        for (JsonNode page : known()) {
            String key = page.path("plain").path(KEY).asText("");
            boolean newcomer = page.path("plain").path("Name").asText("").startsWith("Newcomer");
            if (!key.isEmpty() && !newcomer && !page.path("in_trash").asBoolean()) {
                ids.put(key, page.get("id").asText());
            }
        }
        return ids;
    }

    @Override
    public ObjectNode edit(int k, String id, Random chance) {
        ObjectNode edit = Json.object().put("op", "patch").put("id", id);
        ObjectNode values = edit.putObject("properties");
        switch (chance.nextInt(8)) {
            case 0, 1 -> values.put("Name", "Mary Ann " + k + " Lee");
            case 2 -> bold(values.putArray("Name"), "née ", "№" + k);
            case 3, 4 -> values.put("Email", "k" + k + ".new@example.org");
            case 5 -> values.put(SEGMENT, k % 2 == 0 ? "platinum" : null);
            case 6 -> values.put("Phone", "+1 415 555 " + String.format(Locale.ROOT, "%04d", k % 10_000));
            default -> values.putArray("Labels").add("Made in Notion " + k);
        }
        return edit;
    }

    /** A title whose end somebody has made bold, so that it comes in pieces. */
    private static void bold(ArrayNode title, String plain, String bold) {
        title.addObject().putObject("text").put("content", plain);
        ObjectNode end = title.addObject();
        end.putObject("text").put("content", bold);
        end.putObject("annotations").put("bold", true);
    }

    @Override
    public Map<String, Readback.Contact> contacts() {
        Map<String, Readback.Contact> contacts = new TreeMap<>();
        for (JsonNode page : rows(account.contacts())) {
            contacts.put(page.get("id").asText(), contact(page));
        }
        return contacts;
    }

    private static Readback.Contact contact(JsonNode page) {
        JsonNode properties = page.get("properties");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", Readback.words(text(properties.path("Name").path("title"))));
        fields.put(
                "email",
                properties.path("Email").path("email").asText("").strip().toLowerCase(Locale.ROOT));
        fields.put(
                "phone",
                Readback.digits(properties.path("Phone").path("phone_number").asText("")));
        METADATA.forEach((key, name) -> fields.put(
                "metadata." + key, text(properties.path(name).path("rich_text")).strip()));
        TreeSet<String> labels = new TreeSet<>();
        properties
                .path("Labels")
                .path("multi_select")
                .forEach(label -> labels.add(label.path("name").asText()));
        fields.put("labels", String.join(";", labels));
        String key = text(properties.path(KEY).path("rich_text"));
        return new Readback.Contact(page.get("id").asText(), key.isEmpty() ? null : key, fields);
    }

    private static String text(JsonNode pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.path("plain_text").asText("")));
        return text.toString();
    }

    /** Those in whom people have ticked a box. */
    @Override
    public String segment(String name, int size) {
        boolean there = api.get(account.url() + "/v1/data_sources/" + account.contacts())
                .get("properties")
                .has(name);
        if (!there) {
            ObjectNode box = Json.object().put("data_source_id", account.contacts());
            admin.post(adminUrl + "/properties", box.put("name", name).put("type", "checkbox"));
        }
        ArrayNode edits = Json.array();
        for (String id : ids().values().stream().limit(size).toList()) {
            edits.addObject()
                    .put("op", "patch")
                    .put("id", id)
                    .putObject("properties")
                    .put(name, true);
        }
        JsonNode answer = admin.post(adminUrl + "/edits", Json.object().set("edits", edits));
        if (answer.path("failed").asInt() > 0) {
            throw new IllegalStateException("the sandbox refused to mark the segment " + name);
        }
        // That the data source has a property more is told by a webhook.
        admin.post(adminUrl + "/flush", Json.object());
        return "property:" + name + "=true";
    }

    @Override
    public List<Ticket> tickets() {
        Map<String, String> addresses = new HashMap<>();
        for (JsonNode user : all(account.url() + "/v1/users?page_size=100")) {
            addresses.put(
                    user.get("id").asText(),
                    user.path("person").path("email").asText("").toLowerCase(Locale.ROOT));
        }
        Map<String, String> keys = new HashMap<>();
        contacts().forEach((id, contact) -> keys.put(id, String.valueOf(contact.key())));
        List<Ticket> tickets = new ArrayList<>();
        for (JsonNode page : rows(account.tickets())) {
            JsonNode properties = page.get("properties");
            String assignee = properties.at("/Assignee/people/0/id").asText("");
            String contact = properties.at("/Contact/relation/0/id").asText("");
            Map<String, String> shown = new LinkedHashMap<>();
            shown.put("status", status(properties.at("/Status/select/name").asText("")));
            shown.put("assignee", assignee.isEmpty() ? "" : addresses.getOrDefault(assignee, "?"));
            shown.put("contact", keys.getOrDefault(contact, contact));
            String key = text(properties.path("Kirim conversation id").path("rich_text"));
            tickets.add(new Ticket(key.isEmpty() ? "no key" : key, shown));
        }
        return tickets;
    }

    private static String status(String option) {
        return option.equals("Closed") ? "resolved" : option.toLowerCase(Locale.ROOT);
    }

    /** The paragraphs on the pages of tickets: the last line of each says whose message it is. */
    @Override
    public List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        for (JsonNode ticket : rows(account.tickets())) {
            String blocks = account.url() + "/v1/blocks/" + ticket.get("id").asText() + "/children?page_size=100";
            for (JsonNode block : all(blocks)) {
                String[] parts = text(block.path("paragraph").path("rich_text")).split("\n\\[kirim_message_id=", 2);
                String key = parts.length < 2 ? "no key" : parts[1].split("[ \\]]", 2)[0];
                notes.add(new Note(key, parts[0], true));
            }
        }
        return notes;
    }

    private List<JsonNode> rows(String dataSource) {
        String url = account.url() + "/v1/data_sources/" + dataSource + "/query";
        List<JsonNode> all = new ArrayList<>();
        ObjectNode question = IN_ORDER_OF_MAKING.deepCopy();
        JsonNode page;
        do {
            page = api.post(url, question);
            page.get("results").forEach(all::add);
            question.set("start_cursor", page.path("next_cursor"));
        } while (page.path("has_more").asBoolean());
        return all;
    }

    private List<JsonNode> all(String url) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        JsonNode page;
        do {
            page = api.get(url + cursor);
            page.get("results").forEach(all::add);
            cursor = "&start_cursor=" + page.path("next_cursor").asText("");
        } while (page.path("has_more").asBoolean());
        return all;
    }
}
