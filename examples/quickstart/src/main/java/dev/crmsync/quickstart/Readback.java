package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads both systems back over their public API, past the engine and its adapters, as an auditor would. Labels alone come
 * from the admin endpoint, because Kirim's API does not show them.
 */
final class Readback {
    /** The fields that are compared, with what each side calls them. */
    static final Map<String, String> METADATA = Map.of("crm_segment", "crm_segment", "source", "kirim_source");

    private static final String PROPERTIES =
            "firstname,lastname,email,phone,kirim_contact_id,whatsapp_labels,crm_segment,kirim_source";

    private final Accounts accounts;

    Readback(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * A contact as one system shows it.
     *
     * @param id its id there
     * @param key its Kirim id, or null when it bears none
     * @param fields what is compared, by canonical field name, each in a form that does not depend on the system
     */
    record Contact(String id, @Nullable String key, Map<String, String> fields) {}

    Map<String, Contact> kirim() {
        Json api = new Json(accounts.kirimToken());
        Map<String, Contact> contacts = new TreeMap<>();
        String cursor = null;
        do {
            String url = accounts.kirimUrl() + "/" + accounts.phoneId() + "/contacts?limit=100"
                    + (cursor == null ? "" : "&cursor=" + cursor);
            JsonNode page = api.get(url);
            page.get("data").forEach(contact -> {
                Contact read = kirim(contact);
                contacts.put(read.id(), read);
            });
            cursor = page.path("has_more").asBoolean() && page.hasNonNull("next_cursor")
                    ? page.get("next_cursor").asText()
                    : null;
        } while (cursor != null);
        labels(contacts);
        return contacts;
    }

    private static Contact kirim(JsonNode contact) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", words(contact.path("name").asText("")));
        fields.put("email", contact.path("email").asText("").strip().toLowerCase(Locale.ROOT));
        fields.put("phone", digits(contact.path("phone_number").asText("")));
        METADATA.forEach((key, property) -> fields.put(
                "metadata." + key, contact.path("metadata").path(key).asText("").strip()));
        String id = contact.get("id").asText();
        return new Contact(id, id, fields);
    }

    private void labels(Map<String, Contact> contacts) {
        String admin = accounts.kirimAdmin();
        if (admin == null) {
            return;
        }
        for (JsonNode contact : new Json(null).get(admin + "/contacts").get("contacts")) {
            Contact read = contacts.get(contact.get("id").asText());
            if (read != null) {
                TreeSet<String> labels = new TreeSet<>();
                contact.path("labels").forEach(label -> labels.add(label.asText()));
                read.fields().put("labels", String.join(";", labels));
            }
        }
    }

    Map<String, Contact> hubSpot() {
        Json api = new Json(accounts.hubSpotToken());
        Map<String, Contact> contacts = new TreeMap<>();
        String after = null;
        do {
            JsonNode page = api.get(accounts.hubSpotUrl() + "/crm/v3/objects/contacts?limit=100&properties="
                    + PROPERTIES + (after == null ? "" : "&after=" + after));
            page.get("results").forEach(contact -> {
                Contact read = hubSpot(contact);
                contacts.put(read.id(), read);
            });
            JsonNode next = page.path("paging").path("next").path("after");
            after = next.isMissingNode() ? null : next.asText();
        } while (after != null);
        return contacts;
    }

    private static Contact hubSpot(JsonNode contact) {
        JsonNode properties = contact.get("properties");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "name",
                words(Stream.of("firstname", "lastname")
                        .map(part -> text(properties, part))
                        .collect(Collectors.joining(" "))));
        fields.put("email", text(properties, "email").toLowerCase(Locale.ROOT));
        fields.put("phone", digits(text(properties, "phone")));
        METADATA.forEach((key, property) -> fields.put("metadata." + key, text(properties, property)));
        TreeSet<String> labels = new TreeSet<>();
        Stream.of(text(properties, "whatsapp_labels").split(";"))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(labels::add);
        fields.put("labels", String.join(";", labels));
        String key = text(properties, "kirim_contact_id");
        return new Contact(contact.get("id").asText(), key.isEmpty() ? null : key, fields);
    }

    private static String text(JsonNode properties, String name) {
        JsonNode value = Objects.requireNonNullElse(properties.get(name), properties.path("?"));
        return value.isNull() ? "" : value.asText("").strip();
    }

    /** Where the words of a name are divided is each system's own affair. */
    private static String words(String name) {
        return name.strip().replaceAll("[\\s\\u00a0]+", " ");
    }

    private static String digits(String phone) {
        return phone.replaceAll("[^0-9]", "");
    }
}
