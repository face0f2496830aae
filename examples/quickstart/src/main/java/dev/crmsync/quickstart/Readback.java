package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads Kirim back over its public API, past the engine and its adapters, as an auditor would, and says in which form values are compared. Labels alone come
 * from the admin endpoint, because Kirim's API does not show them.
 */
final class Readback {
    /** The keys of metadata that are compared. */
    private static final List<String> METADATA = List.of("crm_segment", "source");

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
        Json api = new Json("Authorization", "Bearer " + accounts.kirimToken());
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
        METADATA.forEach(key -> fields.put(
                "metadata." + key, contact.path("metadata").path(key).asText("").strip()));
        String id = contact.get("id").asText();
        return new Contact(id, id, fields);
    }

    private void labels(Map<String, Contact> contacts) {
        String admin = accounts.kirimAdmin();
        if (admin == null) {
            return;
        }
        for (JsonNode contact : new Json().get(admin + "/contacts").get("contacts")) {
            Contact read = contacts.get(contact.get("id").asText());
            if (read != null) {
                TreeSet<String> labels = new TreeSet<>();
                contact.path("labels").forEach(label -> labels.add(label.asText()));
                read.fields().put("labels", String.join(";", labels));
            }
        }
    }

    /** Where the words of a name are divided is each system's own affair. */
    static String words(String name) {
        return name.strip().replaceAll("[\\s\\u00a0]+", " ");
    }

    static String digits(String phone) {
        return phone.replaceAll("[^0-9]", "");
    }

    /** The text that HTML shows. */
    static String plain(String html) {
        return html.replace("<br>", "\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
