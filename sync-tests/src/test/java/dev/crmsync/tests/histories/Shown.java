package dev.crmsync.tests.histories;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A contact as one system's admin endpoint shows it, in a form in which the two systems can be held against each other. Written anew
 * rather than taken from the engine's own lenses, which are among what is judged.
 *
 * @param id its id there
 * @param key the Kirim id that it bears; a Kirim contact bears its own, and a text without letters is none
 * @param archived whether it is archived
 * @param fields the shared fields
 */
record Shown(String id, String key, boolean archived, Map<String, String> fields) {
    /** Who owns each shared field by the guide. */
    static final Map<String, String> OWNERS = Map.of(
            "name", "crm",
            "email", "crm",
            "metadata.crm_segment", "crm",
            "phone", "kirim",
            "labels", "kirim",
            "metadata.source", "kirim");

    static Shown kirim(Map<String, Object> contact) {
        Map<?, ?> metadata = (Map<?, ?>) contact.getOrDefault("metadata", Map.of());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", words(text(contact.get("name"))));
        fields.put("email", text(contact.get("email")).toLowerCase(Locale.ROOT));
        fields.put("phone", digits(text(contact.get("phone_number"))));
        fields.put("metadata.crm_segment", text(metadata.get("crm_segment")));
        fields.put("metadata.source", text(metadata.get("source")));
        fields.put(
                "labels",
                sorted(((List<?>) contact.getOrDefault("labels", List.of()))
                        .stream().map(String::valueOf)));
        String id = text(contact.get("id"));
        return new Shown(id, id, false, fields);
    }

    static Shown hubSpot(Map<String, Object> contact) {
        Map<?, ?> properties = (Map<?, ?>) contact.getOrDefault("properties", Map.of());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "name",
                words(Stream.of("firstname", "lastname")
                        .map(part -> text(properties.get(part)))
                        .collect(Collectors.joining(" "))));
        fields.put("email", text(properties.get("email")).toLowerCase(Locale.ROOT));
        fields.put("phone", digits(text(properties.get("phone"))));
        fields.put("metadata.crm_segment", text(properties.get("crm_segment")));
        fields.put("metadata.source", text(properties.get("kirim_source")));
        fields.put(
                "labels",
                sorted(Stream.of(text(properties.get("whatsapp_labels")).split(";"))));
        return new Shown(
                text(contact.get("id")),
                text(properties.get("kirim_contact_id")),
                Boolean.TRUE.equals(contact.get("archived")),
                fields);
    }

    String field(String name) {
        return Objects.requireNonNull(fields.get(name));
    }

    static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value).strip();
    }

    /** Where the words of a name are divided is each system's own affair. */
    static String words(String name) {
        return name.strip().replaceAll("[\\s\\u00a0]+", " ");
    }

    /** A number without its country is one of the region that the sync is defined with. */
    static String digits(String phone) {
        String digits = phone.replaceAll("[^0-9]", "");
        return digits.startsWith("0") ? "62" + digits.substring(1) : digits;
    }

    static String sorted(Stream<String> members) {
        return members.map(String::strip)
                .filter(member -> !member.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    /** The text that HTML shows. */
    static String plain(String html) {
        return html.replace("<br>", "\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
