package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.engine.SyncEngine;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HubSpot as people and auditors know it. */
final class HubSpotCrm implements Crm {
    /** The properties of metadata entries. */
    private static final Map<String, String> METADATA = Map.of("crm_segment", "crm_segment", "source", "kirim_source");

    private static final String PROPERTIES =
            "firstname,lastname,email,phone,kirim_contact_id,whatsapp_labels,crm_segment,kirim_source";
    private static final int BATCH = 100;

    private final String url;
    private final String adminUrl;
    private final Json api;
    private final Json admin = new Json();

    HubSpotCrm(HubSpotAccount account) {
        url = account.url();
        adminUrl = String.valueOf(account.admin());
        api = new Json("Authorization", "Bearer " + account.token());
    }

    @Override
    public String name() {
        return "HubSpot";
    }

    @Override
    public String word() {
        return CrmChoice.HUBSPOT.word();
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
        return admin.get(adminUrl + "/contacts").get("count").asInt() == 0;
    }

    @Override
    public void seed(List<Person> persons) {
        ArrayNode contacts = Json.array();
        for (Person person : persons) {
            ObjectNode properties = Json.object();
            properties.put("firstname", person.first()).put("lastname", person.last());
            Map<String, String> more = new LinkedHashMap<>();
            more.put("kirim_contact_id", person.key());
            more.put("email", person.email());
            more.put("phone", person.phone());
            more.put("crm_segment", person.segment());
            more.forEach((name, value) -> {
                if (value != null) {
                    properties.put(name, value);
                }
            });
            contacts.add(Json.object().set("properties", properties));
        }
        admin.post(adminUrl + "/contacts", Json.object().put("webhooks", false).set("contacts", contacts));
    }

    @Override
    public void team(List<String> names) {
        ArrayNode owners = Json.array();
        names.forEach(name -> owners.add(Json.object().put("firstName", name).put("email", name + "@Team.example")));
        admin.post(adminUrl + "/owners", Json.object().set("owners", owners));
    }

    /** HubSpot has no API for it, so the sandbox stands in for the person who clicks. */
    @Override
    public void subscribe(SyncEngine engine, URI target, Notes notes) {
        ArrayNode types = Json.array();
        Stream.of(
                        "contact.creation",
                        "contact.deletion",
                        "contact.merge",
                        "contact.propertyChange",
                        "ticket.creation",
                        "ticket.deletion",
                        "ticket.associationChange",
                        "ticket.propertyChange")
                .forEach(types::add);
        admin.put(
                adminUrl + "/webhooks",
                Json.object().put("targetUrl", target.toString()).set("subscriptions", types));
    }

    @Override
    public Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        for (JsonNode contact : admin.get(adminUrl + "/contacts").get("contacts")) {
            JsonNode properties = contact.get("properties");
            String kirim = properties.path("kirim_contact_id").asText("");
            boolean newcomer = properties.path("firstname").asText("").startsWith("Newcomer");
            if (!kirim.isEmpty() && !newcomer) {
                ids.put(kirim, contact.get("id").asText());
            }
        }
        return ids;
    }

    @Override
    public ObjectNode edit(int k, String id, Random chance) {
        ObjectNode properties = Json.object();
        switch (chance.nextInt(8)) {
            case 0, 1 -> properties.put("firstname", "Mary Ann " + k).put("lastname", "Lee");
            case 2 -> properties.put("lastname", "née №" + k);
            case 3, 4 -> properties.put("email", "k" + k + ".new@example.org");
            case 5 -> properties.put("crm_segment", k % 2 == 0 ? "platinum" : "");
            case 6 -> properties.put("phone", "+1 415 555 " + String.format(Locale.ROOT, "%04d", k % 10_000));
            default -> properties.put("whatsapp_labels", "Made in HubSpot " + k);
        }
        ObjectNode edit = Json.object().put("op", "patch").put("id", id);
        edit.set("properties", properties);
        return edit;
    }

    @Override
    public Map<String, Readback.Contact> contacts() {
        Map<String, Readback.Contact> contacts = new TreeMap<>();
        for (JsonNode contact : all("contacts", PROPERTIES)) {
            contacts.put(contact.get("id").asText(), contact(contact));
        }
        return contacts;
    }

    private static Readback.Contact contact(JsonNode contact) {
        JsonNode properties = contact.get("properties");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "name",
                Readback.words(Stream.of("firstname", "lastname")
                        .map(part -> text(properties, part))
                        .collect(Collectors.joining(" "))));
        fields.put("email", text(properties, "email").toLowerCase(Locale.ROOT));
        fields.put("phone", Readback.digits(text(properties, "phone")));
        METADATA.forEach((key, property) -> fields.put("metadata." + key, text(properties, property)));
        TreeSet<String> labels = new TreeSet<>();
        Stream.of(text(properties, "whatsapp_labels").split(";"))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(labels::add);
        fields.put("labels", String.join(";", labels));
        String key = text(properties, "kirim_contact_id");
        return new Readback.Contact(contact.get("id").asText(), key.isEmpty() ? null : key, fields);
    }

    private static String text(JsonNode properties, String name) {
        JsonNode value = Objects.requireNonNullElse(properties.get(name), properties.path("?"));
        return value.isNull() ? "" : value.asText("").strip();
    }

    /** A list of those whom both sides know, made by HubSpot's own API. */
    @Override
    public String segment(String name, int size) {
        String lists = url + "/crm/v3/lists";
        JsonNode found = api.post(
                        lists + "/search", Json.object().put("query", name).put("count", 1))
                .path("lists");
        String id = found.isEmpty()
                ? api.post(
                                lists,
                                Json.object()
                                        .put("name", name)
                                        .put("objectTypeId", "0-1")
                                        .put("processingType", "MANUAL"))
                        .path("list")
                        .path("listId")
                        .asText()
                : found.get(0).path("listId").asText();
        List<String> members = new ArrayList<>();
        admin.get(adminUrl + "/contacts").get("contacts").forEach(contact -> {
            boolean known = !contact.get("properties")
                    .path("kirim_contact_id")
                    .asText("")
                    .isEmpty();
            if (known && members.size() < size) {
                members.add(contact.get("id").asText());
            }
        });
        for (int from = 0; from < members.size(); from += BATCH) {
            ArrayNode some = Json.array();
            members.subList(from, Math.min(members.size(), from + BATCH)).forEach(some::add);
            api.put(lists + "/" + id + "/memberships/add", some);
        }
        return "list:" + id;
    }

    @Override
    public List<Ticket> tickets() {
        return new HubSpotTalk(url, api).tickets();
    }

    @Override
    public List<Note> notes() {
        return new HubSpotTalk(url, api).notes();
    }

    private List<JsonNode> all(String type, String properties) {
        return HubSpotTalk.all(api, url, type, properties);
    }
}
