package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.kirim.KirimState.Contact;
import dev.crmsync.sandbox.kirim.KirimState.Label;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The contacts and labels of the organisation, and the rules by which they change. Guarded by the stand-in's lock. */
final class KirimBook {
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Set<String> PATCHABLE = Set.of("name", "email", "metadata");
    static final List<String> COLORS = List.of(
            "gray", "red", "orange", "amber", "yellow", "lime", "green", "emerald", "teal", "sky", "blue", "violet",
            "pink");

    private final Parts parts;
    private final KirimState state;
    private final KirimIds ids;
    private final TreeMap<String, Contact> byTime = new TreeMap<>();

    KirimBook(Parts parts, KirimState state, KirimIds ids) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        reindex();
    }

    void reindex() {
        byTime.clear();
        state.contacts.values().forEach(c -> byTime.put(KirimPage.key(c.createdAt, c.id), c));
    }

    /** Contacts in the order in which they are listed. */
    NavigableMap<String, Contact> ordered() {
        return parts.dials().is("contacts.order", "created_desc") ? byTime.descendingMap() : byTime;
    }

    /** The contact of this number; the organisation's other numbers do not see it. */
    Contact contact(String phoneId, String id) {
        Contact contact = state.contacts.get(id);
        if (contact == null || !contact.phoneId.equals(phoneId)) {
            throw KirimErrors.notFound();
        }
        return contact;
    }

    Label label(String id) {
        Label label = state.labels.get(id);
        if (label == null) {
            throw KirimErrors.notFound();
        }
        return label;
    }

    Contact create(String phoneId, JsonNode body, String source) {
        String phone = text(body, "phone_number");
        if (phone == null || phone.isEmpty()) {
            throw KirimErrors.missing("phone_number");
        }
        if (!E164.matcher(phone).matches()) {
            throw KirimErrors.invalid("invalid_phone_number", "phone_number must be E.164", "phone_number");
        }
        if (parts.dials().is("contacts.duplicate_phone", "conflict")
                && state.contacts.values().stream()
                        .anyMatch(c -> c.phoneId.equals(phoneId) && c.phoneNumber.equals(phone))) {
            throw KirimErrors.refusal(409, "conflict", "contact_exists", "The number has a contact", "phone_number");
        }
        Contact contact = new Contact();
        contact.phoneId = phoneId;
        contact.phoneNumber = phone;
        contact.name = name(body);
        contact.email = email(body);
        contact.metadata = bag(body.path("metadata"));
        contact.acquisitionSource = source;
        contact.createdAt = parts.clock().millis();
        contact.updatedAt = contact.createdAt;
        // Minted last, so that a refused create uses up no id and runs stay repeatable.
        contact.id = ids.next("ctc");
        add(contact);
        return contact;
    }

    void add(Contact contact) {
        state.contacts.put(contact.id, contact);
        byTime.put(KirimPage.key(contact.createdAt, contact.id), contact);
        parts.changed().run();
    }

    void delete(Contact contact) {
        state.contacts.remove(contact.id);
        byTime.remove(KirimPage.key(contact.createdAt, contact.id));
        parts.changed().run();
    }

    /** Applies a patch; the answer names the fields that it really changed. */
    Set<String> patch(Contact contact, JsonNode body) {
        Dials dials = parts.dials();
        if (dials.is("patch.unknown_fields", "reject")) {
            body.fieldNames().forEachRemaining(name -> {
                if (!PATCHABLE.contains(name)) {
                    throw KirimErrors.badField(name, "Unknown field " + name);
                }
            });
        }
        String name = body.has("name") && counts(body, "name") ? name(body) : contact.name;
        String email = body.has("email") && counts(body, "email") ? email(body) : contact.email;
        Map<String, JsonNode> metadata =
                body.has("metadata") ? metadata(contact, body.get("metadata")) : contact.metadata;
        Set<String> changed = assign(contact, name, email, metadata);
        if (changed.isEmpty() && dials.on("patch.noop_emits")) {
            touch(contact);
            PATCHABLE.stream().filter(body::has).sorted().forEach(changed::add);
        }
        return changed;
    }

    /** A person's edit in the inbox: null clears, and the metadata given is all that there is. */
    Set<String> edit(Contact contact, JsonNode body) {
        return assign(
                contact,
                body.has("name") ? name(body) : contact.name,
                body.has("email") ? email(body) : contact.email,
                body.has("metadata") ? bag(body.get("metadata")) : contact.metadata);
    }

    private Set<String> assign(
            Contact contact, @Nullable String name, @Nullable String email, Map<String, JsonNode> metadata) {
        Set<String> changed = new LinkedHashSet<>();
        if (!Objects.equals(name, contact.name)) {
            changed.add("name");
        }
        if (!Objects.equals(email, contact.email)) {
            changed.add("email");
        }
        // As text, because a number that a restart has read back may be of another class.
        if (!Json.canonical(Json.tree(metadata)).equals(Json.canonical(Json.tree(contact.metadata)))) {
            changed.add("metadata");
        }
        contact.name = name;
        contact.email = email;
        contact.metadata = metadata;
        if (!changed.isEmpty()) {
            touch(contact);
        }
        return changed;
    }

    /** Changes the phone number, which only a person can. */
    boolean changePhone(Contact contact, String phone) {
        if (!E164.matcher(phone).matches()) {
            throw KirimErrors.invalid("invalid_phone_number", "phone_number must be E.164", "phone_number");
        }
        if (phone.equals(contact.phoneNumber)) {
            return false;
        }
        contact.phoneNumber = phone;
        touch(contact);
        return true;
    }

    /** Puts a label on or takes it off; whether that changed anything. */
    boolean label(Contact contact, Label label, boolean attach) {
        boolean changed = attach ? contact.labels.add(label.id) : contact.labels.remove(label.id);
        if (changed && parts.dials().on("labels.move_updated_at")) {
            touch(contact);
        } else if (changed) {
            parts.changed().run();
        }
        return changed;
    }

    Label createLabel(JsonNode body) {
        String name = text(body, "name");
        if (name == null) {
            throw KirimErrors.missing("name");
        }
        if (name.isEmpty() || name.codePointCount(0, name.length()) > 50) {
            throw KirimErrors.badField("name", "name must have 1 to 50 characters");
        }
        String team = text(body, "team_id");
        if (team == null && parts.dials().on("labels.multi_team")) {
            throw KirimErrors.missing("team_id");
        }
        String color = text(body, "color");
        if (color != null && !COLORS.contains(color)) {
            throw KirimErrors.badField("color", "color must be one of " + COLORS);
        }
        if (findLabel(name, team) != null) {
            throw KirimErrors.badField("name", "A label of this name exists in the team");
        }
        Label label = new Label();
        label.name = name;
        label.color = color == null ? "gray" : color;
        label.teamId = team;
        label.createdAt = parts.clock().millis();
        label.updatedAt = label.createdAt;
        label.id = ids.next("lbl");
        state.labels.put(label.id, label);
        parts.changed().run();
        return label;
    }

    @Nullable Label findLabel(String name, @Nullable String team) {
        return state.labels.values().stream()
                .filter(l -> l.name.equals(name) && Objects.equals(l.teamId, team))
                .findFirst()
                .orElse(null);
    }

    private void touch(Contact contact) {
        contact.updatedAt = parts.clock().millis();
        parts.changed().run();
    }

    private boolean counts(JsonNode body, String field) {
        if (!body.get(field).isNull()) {
            return true;
        }
        return switch (parts.dials().word("patch.null")) {
            case "ignored" -> false;
            case "rejected" -> throw KirimErrors.badField(field, field + " must be a string");
            default -> true;
        };
    }

    private @Nullable String name(JsonNode body) {
        return trimmed(text(body, "name"));
    }

    private @Nullable String email(JsonNode body) {
        String email = trimmed(text(body, "email"));
        if (email != null && !email.isEmpty() && !EMAIL.matcher(email).matches()) {
            throw KirimErrors.badField("email", "email is not an address");
        }
        return email;
    }

    private @Nullable String trimmed(@Nullable String value) {
        return value == null || !parts.dials().on("contacts.trim") ? value : value.strip();
    }

    private Map<String, JsonNode> metadata(Contact contact, JsonNode given) {
        if (parts.dials().is("patch.metadata", "replace")) {
            return bag(given);
        }
        if (given.isNull()) {
            return parts.dials().is("patch.null", "clears") ? new LinkedHashMap<>() : contact.metadata;
        }
        Map<String, JsonNode> merged = new LinkedHashMap<>(contact.metadata);
        bag(given).forEach((key, value) -> {
            if (value.isNull() && parts.dials().is("patch.metadata_null", "deletes")) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private static Map<String, JsonNode> bag(JsonNode node) {
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw KirimErrors.badField("metadata", "metadata must be an object");
        }
        Map<String, JsonNode> bag = new LinkedHashMap<>();
        node.properties().forEach(e -> bag.put(e.getKey(), e.getValue()));
        return bag;
    }

    static @Nullable String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw KirimErrors.badField(field, field + " must be a string");
        }
        return value.asText();
    }
}
