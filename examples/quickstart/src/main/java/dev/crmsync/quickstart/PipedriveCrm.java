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
import org.jspecify.annotations.Nullable;

/** Pipedrive as people and auditors know it. Custom fields have other keys in every company, so they are looked up by name. */
final class PipedriveCrm implements Crm {
    private static final String KEY = "Kirim contact id";
    private static final String SEGMENT = "Segment";
    private static final Map<String, String> METADATA = Map.of("crm_segment", SEGMENT, "source", "Kirim source");

    private final PipedriveAccount account;
    private final String adminUrl;
    private final Json api;
    private final Json admin = new Json();

    PipedriveCrm(PipedriveAccount account) {
        this.account = account;
        adminUrl = String.valueOf(account.admin());
        api = new Json("x-api-token", account.token());
    }

    @Override
    public String name() {
        return "Pipedrive";
    }

    @Override
    public String word() {
        return CrmChoice.PIPEDRIVE.word();
    }

    @Override
    public String admin() {
        return adminUrl;
    }

    @Override
    public boolean needsNames() {
        return true;
    }

    @Override
    public boolean isEmpty() {
        return admin.get(adminUrl + "/persons").get("count").asInt() == 0;
    }

    @Override
    public void seed(List<Person> persons) {
        Map<String, String> codes = codes();
        ArrayNode rows = Json.array();
        for (Person person : persons) {
            String name = (person.first() + " " + person.last()).strip();
            // Whoever has no name is known by a number.
            ObjectNode row = Json.object().put("name", name.isEmpty() ? "WhatsApp " + person.phone() : name);
            address(row, "emails", person.email());
            address(row, "phones", person.phone());
            ObjectNode customs = row.putObject("custom_fields");
            if (person.key() != null) {
                customs.put(codes.get(KEY), person.key());
            }
            if (person.segment() != null) {
                customs.put(codes.get(SEGMENT), person.segment());
            }
            rows.add(row);
        }
        admin.post(adminUrl + "/persons", Json.object().put("webhooks", false).set("persons", rows));
    }

    private static void address(ObjectNode row, String array, @Nullable String value) {
        if (value != null) {
            row.putArray(array).addObject().put("value", value).put("primary", true);
        }
    }

    @Override
    public void team(List<String> names) {
        ArrayNode users = Json.array();
        names.forEach(name -> users.add(Json.object().put("name", name).put("email", name + "@Team.example")));
        admin.post(adminUrl + "/users", Json.object().set("users", users));
    }

    @Override
    public void subscribe(SyncEngine engine, URI target, Notes notes) {
        engine.accounts(Embedding.SYNC).subscribe(word(), target);
    }

    @Override
    public Map<String, String> ids() {
        String code = codes().get(KEY);
        Map<String, String> ids = new TreeMap<>();
        for (JsonNode person : admin.get(adminUrl + "/persons").get("persons")) {
            String kirim = person.path("custom_fields").path(code).asText("");
            boolean newcomer = person.path("name").asText("").startsWith("Newcomer");
            if (person.path("custom_fields").hasNonNull(code)
                    && !newcomer
                    && !person.path("is_deleted").asBoolean()) {
                ids.put(kirim, person.get("id").asText());
            }
        }
        return ids;
    }

    @Override
    public ObjectNode edit(int k, String id, Random chance) {
        ObjectNode values = Json.object();
        switch (chance.nextInt(8)) {
            case 0, 1 -> values.put("name", "Mary Ann " + k + " Lee");
            case 2 -> values.put("last_name", "née №" + k);
            case 3, 4 -> address(values, "emails", "k" + k + ".new@example.org");
            case 5 -> values.putObject("custom_fields").put(codes().get(SEGMENT), k % 2 == 0 ? "platinum" : null);
            case 6 -> address(values, "phones", "+1 415 555 " + String.format(Locale.ROOT, "%04d", k % 10_000));
            default -> values.putArray("label_ids").add(label("Made in Pipedrive " + k));
        }
        ObjectNode edit = Json.object().put("op", "patch").put("kind", "person").put("id", id);
        edit.set("values", values);
        return edit;
    }

    /** The id of a label, which is made unless it is there. */
    private long label(String name) {
        for (Map.Entry<String, String> known : labels().entrySet()) {
            if (known.getValue().equals(name)) {
                return Long.parseLong(known.getKey());
            }
        }
        return admin.post(
                        adminUrl + "/labels",
                        Json.object().put("kind", "person").put("label", name))
                .get("id")
                .asLong();
    }

    /** The key of each field of persons by its name. */
    private Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (JsonNode field : newer("personFields")) {
            codes.put(
                    field.path("field_name").asText(), field.path("field_code").asText());
        }
        return codes;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        for (JsonNode field : newer("personFields")) {
            if (field.path("field_code").asText().equals("label_ids")) {
                field.path("options")
                        .forEach(option -> labels.put(
                                option.path("id").asText(), option.path("label").asText()));
            }
        }
        return labels;
    }

    @Override
    public Map<String, Readback.Contact> contacts() {
        Map<String, String> codes = codes();
        Map<String, String> labels = labels();
        Map<String, Readback.Contact> contacts = new TreeMap<>();
        for (JsonNode person : newer("persons")) {
            contacts.put(person.get("id").asText(), contact(person, codes, labels));
        }
        return contacts;
    }

    private static Readback.Contact contact(JsonNode person, Map<String, String> codes, Map<String, String> labels) {
        JsonNode customs = person.path("custom_fields");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", Readback.words(person.path("name").asText("")));
        fields.put("email", primary(person.path("emails")).toLowerCase(Locale.ROOT));
        fields.put("phone", Readback.digits(primary(person.path("phones"))));
        METADATA.forEach((key, name) -> fields.put("metadata." + key, text(customs.path(codes.get(name)))));
        TreeSet<String> held = new TreeSet<>();
        person.path("label_ids").forEach(id -> held.add(labels.getOrDefault(id.asText(), "label " + id)));
        fields.put("labels", String.join(";", held));
        String key = text(customs.path(codes.get(KEY)));
        return new Readback.Contact(person.get("id").asText(), key.isEmpty() ? null : key, fields);
    }

    private static String primary(JsonNode addresses) {
        for (JsonNode one : addresses) {
            if (one.path("primary").asBoolean()) {
                return one.path("value").asText("").strip();
            }
        }
        return "";
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.asText("").strip();
    }

    /** A saved filter of those in whom people have marked a field, as Pipedrive has no lists that somebody is put into. */
    @Override
    public String segment(String name, int size) {
        String code = codes().get(name);
        if (code == null) {
            ObjectNode field = Json.object().put("kind", "person").put("field_name", name);
            code = admin.post(adminUrl + "/fields", field.put("field_type", "varchar"))
                    .get("field_code")
                    .asText();
        }
        List<String> members = ids().values().stream().limit(size).toList();
        ObjectNode mark = Json.object().put("op", "bulk").put("kind", "person");
        members.forEach(mark.putArray("ids")::add);
        mark.putObject("values").putObject("custom_fields").put(code, "yes");
        if (admin.post(adminUrl + "/edits", mark).path("failed").asInt() > 0) {
            throw new IllegalStateException("the sandbox refused to mark the segment " + name);
        }
        for (JsonNode filter :
                api.get(account.url() + "/v1/filters?type=people").path("data")) {
            if (filter.path("name").asText().equals(name)) {
                return "filter:" + filter.get("id").asText();
            }
        }
        ObjectNode filter = Json.object().put("name", name).put("field", code).put("value", "yes");
        return "filter:" + admin.post(adminUrl + "/filters", filter).get("id").asText();
    }

    @Override
    public List<Ticket> tickets() {
        Map<String, String> addresses = new HashMap<>();
        for (JsonNode user : api.get(account.url() + "/v1/users").path("data")) {
            addresses.put(user.get("id").asText(), user.path("email").asText("").toLowerCase(Locale.ROOT));
        }
        // What the sync's own user owns is nobody's.
        addresses.put(account.userId(), "");
        Map<String, String> keys = new HashMap<>();
        contacts().forEach((id, contact) -> keys.put(id, String.valueOf(contact.key())));
        String code = "";
        for (JsonNode field : newer("dealFields")) {
            boolean ours = field.path("field_name").asText().equals("Kirim conversation id");
            code = ours ? field.path("field_code").asText() : code;
        }
        List<Ticket> tickets = new ArrayList<>();
        for (JsonNode deal : newer("deals")) {
            Map<String, String> shown = new LinkedHashMap<>();
            shown.put("status", status(deal));
            shown.put("assignee", addresses.getOrDefault(deal.path("owner_id").asText(), "?"));
            String person = deal.path("person_id").asText("");
            shown.put("contact", keys.getOrDefault(person, person));
            String key = text(deal.path("custom_fields").path(code));
            tickets.add(new Ticket(key.isEmpty() ? "no key" : key, shown));
        }
        return tickets;
    }

    private static String status(JsonNode deal) {
        if (!deal.path("status").asText().equals("open")) {
            return "resolved";
        }
        return deal.path("stage_id").asInt() == 3 ? "pending" : "open";
    }

    /** The last line of each says whose message it is. */
    @Override
    public List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        String start = "0";
        do {
            JsonNode page = api.get(account.url() + "/v1/notes?limit=500&start=" + start);
            for (JsonNode note : page.path("data")) {
                String text = Readback.plain(note.path("content").asText(""));
                String[] parts = text.split("\n\n\\[kirim_message_id=", 2);
                String key = parts.length < 2 ? "no key" : parts[1].split("[ \\]]", 2)[0];
                notes.add(new Note(key, parts[0], note.hasNonNull("deal_id")));
            }
            JsonNode paging = page.path("additional_data").path("pagination");
            start = paging.path("more_items_in_collection").asBoolean()
                    ? paging.path("next_start").asText()
                    : "";
        } while (!start.isEmpty());
        return notes;
    }

    private List<JsonNode> newer(String plural) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(
                    account.url() + "/api/v2/" + plural + "?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("data").forEach(all::add);
            JsonNode next = page.path("additional_data").path("next_cursor");
            cursor = next.isNull() ? "" : next.asText("");
        } while (!cursor.isEmpty());
        return all;
    }
}
