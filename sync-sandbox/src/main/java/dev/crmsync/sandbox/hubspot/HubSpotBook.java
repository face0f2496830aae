package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.hubspot.HubSpotState.Contact;
import dev.crmsync.sandbox.hubspot.HubSpotState.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contacts of the portal and the rules by which they change. Guarded by the stand-in's lock. */
final class HubSpotBook {
    private static final int VERSIONS = 20;

    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotSchema schema;
    private final HubSpotIndex index;
    private final HubSpotEvents events;
    private final HubSpotUnique unique;

    HubSpotBook(Parts parts, HubSpotState state, HubSpotSchema schema, HubSpotIndex index, HubSpotEvents events) {
        this.parts = parts;
        this.state = state;
        this.schema = schema;
        this.index = index;
        this.events = events;
        this.unique = new HubSpotUnique(schema, parts.dials());
        rebuild();
    }

    /** Builds the indexes anew; search sees everything at once. */
    void rebuild() {
        unique.clear();
        index.clear();
        state.contacts.values().forEach(c -> {
            if (!c.archived) {
                unique.add(c);
            }
            index.note(c);
        });
        index.catchUp();
    }

    /** The record of an id, following merges; null when there is none. */
    @Nullable Contact byId(String id) {
        String current = state.aliases.getOrDefault(id, id);
        try {
            return state.contacts.get(Long.parseLong(current));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The record by id or by a unique property; null when there is none. */
    @Nullable Contact find(String value, @Nullable String idProperty) {
        if (idProperty == null || idProperty.isEmpty() || idProperty.equals("hs_object_id")) {
            return byId(value);
        }
        if (!schema.unique(idProperty)) {
            throw HubSpotErrors.validation("Property " + idProperty + " is not a unique identifier property");
        }
        String id = unique.holder(idProperty, value);
        return id == null ? null : byId(id);
    }

    /** Like {@link #find}, but only a record that is not archived will do. */
    Contact live(String value, @Nullable String idProperty) {
        Contact contact = find(value, idProperty);
        if (contact == null || contact.archived) {
            throw HubSpotErrors.notFound(value);
        }
        return contact;
    }

    Contact create(JsonNode properties, Origin origin, boolean emit) {
        Map<String, String> values = checked(new Draft(null, properties));
        values.values().removeIf(String::isEmpty);
        Contact contact = new Contact();
        contact.id = String.valueOf(nextId());
        contact.createdAt = parts.clock().millis();
        contact.updatedAt = contact.createdAt;
        store(contact, values, origin);
        state.contacts.put(Long.parseLong(contact.id), contact);
        index.note(contact);
        if (emit) {
            events.created(contact.id, origin);
            if (parts.dials().on("webhooks.creation_property_changes")) {
                values.forEach((name, value) -> events.changed(contact.id, name, value, origin));
            }
        }
        parts.changed().run();
        return contact;
    }

    /** Applies a write; the answer holds the values that the vendor stored. */
    Map<String, String> update(Contact contact, JsonNode properties, Origin origin) {
        Map<String, String> values = checked(new Draft(contact, properties));
        Map<String, String> changed = new LinkedHashMap<>();
        boolean emitSame = parts.dials().on("writes.same_value_emits");
        values.forEach((name, value) -> {
            if (emitSame || !value.equals(contact.properties.getOrDefault(name, ""))) {
                changed.put(name, value);
            }
        });
        if (!changed.isEmpty()) {
            contact.updatedAt = parts.clock().millis();
            store(contact, changed, origin);
            index.note(contact);
            changed.forEach((name, value) -> events.changed(contact.id, name, value, origin));
            parts.changed().run();
        }
        return values;
    }

    /** A write that has not happened: to a record, or to a new one. */
    record Draft(@Nullable Contact contact, JsonNode properties) {}

    /** Refuses a batch in which one row could not be written, before any row is. */
    void rehearse(List<JsonNode> inputs, Function<JsonNode, Draft> drafts) {
        Set<String> claimed = new HashSet<>();
        for (JsonNode input : inputs) {
            Map<String, String> values = checked(drafts.apply(input));
            for (String name : schema.uniqueNames()) {
                String value = values.getOrDefault(name, "");
                if (!value.isEmpty() && !claimed.add(name + " " + value.toLowerCase(Locale.ROOT))) {
                    throw HubSpotErrors.validation("Two rows claim the same value of " + name);
                }
            }
        }
    }

    private Map<String, String> checked(Draft draft) {
        Contact contact = draft.contact;
        Map<String, String> values = schema.accept(draft.properties, contact == null ? Map.of() : contact.properties);
        String email = values.getOrDefault(HubSpotSchema.EMAIL, "").toLowerCase(Locale.ROOT);
        if (parts.dials().on("gdpr.blocklist") && state.blocked.contains(email)) {
            throw HubSpotErrors.validation("The e-mail belongs to a contact that was deleted for privacy");
        }
        unique.check(values, contact == null ? "" : contact.id);
        return values;
    }

    void archive(Contact contact, Origin origin) {
        if (contact.archived) {
            return;
        }
        contact.archived = true;
        contact.archivedAt = parts.clock().millis();
        contact.updatedAt = contact.archivedAt;
        unique.remove(contact);
        index.note(contact);
        events.deleted(contact.id, origin);
        parts.changed().run();
    }

    void restore(Contact contact, Origin origin) {
        if (!contact.archived) {
            return;
        }
        unique.check(contact.properties, contact.id);
        contact.archived = false;
        contact.archivedAt = 0;
        contact.updatedAt = parts.clock().millis();
        unique.add(contact);
        index.note(contact);
        events.restored(contact.id, origin);
        parts.changed().run();
    }

    /** Erases for good; both events are told, in either order. */
    void erase(Contact contact, Origin origin) {
        state.contacts.remove(Long.parseLong(contact.id));
        unique.remove(contact);
        index.gone(contact.id);
        String email = contact.properties.get(HubSpotSchema.EMAIL);
        if (email != null) {
            state.blocked.add(email.toLowerCase(Locale.ROOT));
        }
        events.erased(contact.id, origin);
        events.deleted(contact.id, origin);
        parts.changed().run();
    }

    /** Merges the second record into the first; by default the result bears a new id and both old ids lead to it. */
    Contact merge(Contact primary, Contact secondary, Origin origin) {
        if (primary.id.equals(secondary.id)) {
            throw HubSpotErrors.validation("A contact cannot be merged with itself");
        }
        for (Contact old : List.of(primary, secondary)) {
            state.contacts.remove(Long.parseLong(old.id));
            unique.remove(old);
            index.gone(old.id);
        }
        Contact result = primary.copy();
        result.id = parts.dials().is("merge.id", "new") ? String.valueOf(nextId()) : primary.id;
        result.updatedAt = parts.clock().millis();
        Map<String, String> moved = moved(primary, secondary);
        store(result, moved, origin);
        state.contacts.put(Long.parseLong(result.id), result);
        redirect(List.of(primary.id, secondary.id), result.id);
        index.note(result);
        events.merged(primary.id, secondary.id, result.id, moved.size(), origin);
        if (parts.dials().on("merge.property_changes")) {
            moved.forEach((name, value) -> events.changed(result.id, name, value, origin));
        }
        parts.changed().run();
        return result;
    }

    private Map<String, String> moved(Contact primary, Contact secondary) {
        Map<String, String> moved = new TreeMap<>();
        secondary.properties.forEach((name, value) -> {
            if (!primary.properties.containsKey(name)) {
                moved.put(name, value);
            }
        });
        List<String> emails = new ArrayList<>(split(primary.properties.get(HubSpotSchema.MORE_EMAILS)));
        String second = secondary.properties.get(HubSpotSchema.EMAIL);
        if (second != null && primary.properties.containsKey(HubSpotSchema.EMAIL)) {
            emails.add(second);
        }
        emails.addAll(split(secondary.properties.get(HubSpotSchema.MORE_EMAILS)));
        if (!emails.isEmpty()) {
            moved.put(HubSpotSchema.MORE_EMAILS, String.join(";", emails));
        }
        List<String> ids = new ArrayList<>(split(primary.properties.get(HubSpotSchema.MERGED)));
        ids.addAll(split(secondary.properties.get(HubSpotSchema.MERGED)));
        ids.addAll(List.of(primary.id, secondary.id));
        moved.put(HubSpotSchema.MERGED, String.join(";", ids));
        return moved;
    }

    private void redirect(List<String> old, String id) {
        state.aliases.replaceAll((from, to) -> old.contains(to) ? id : to);
        old.forEach(from -> state.aliases.put(from, id));
        state.aliases.remove(id);
    }

    static List<String> split(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(";", -1));
    }

    private void store(Contact contact, Map<String, String> values, Origin origin) {
        unique.remove(contact);
        Map<String, String> properties = new TreeMap<>(contact.properties);
        Map<String, List<Version>> history = new TreeMap<>(contact.history);
        values.forEach((name, value) -> {
            if (value.isEmpty()) {
                properties.remove(name);
            } else {
                properties.put(name, value);
            }
            List<Version> versions = new ArrayList<>(history.getOrDefault(name, List.of()));
            versions.add(version(value, origin));
            history.put(name, versions.size() > VERSIONS ? versions.subList(1, versions.size()) : versions);
        });
        contact.properties = properties;
        contact.history = history;
        unique.add(contact);
    }

    private Version version(String value, Origin origin) {
        Version version = new Version();
        version.value = value;
        version.at = parts.clock().millis();
        version.source = origin.source();
        version.sourceId = origin.sourceId();
        return version;
    }

    /** Ids rise in uneven steps, as shared sequences do. */
    private long nextId() {
        state.lastId += 1 + (parts.chance().bits("contact id", state.lastId) >>> 62);
        return state.lastId;
    }
}
