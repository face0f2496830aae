package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import dev.crmsync.sandbox.hubspot.HubSpotState.Version;
import dev.crmsync.sandbox.search.LaggingIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The objects of one type and the rules by which they change. Guarded by the stand-in's lock. */
final class HubSpotBook {
    private static final int VERSIONS = 20;

    private final Parts parts;
    private final ObjectType type;
    private final HubSpotState state;
    private final HubSpotSchema schema;
    private final LaggingIndex<CrmObject> index;
    private final HubSpotEvents events;
    private final HubSpotUnique unique;
    private BiConsumer<List<String>, String> onMerge = (old, id) -> {};
    private Consumer<String> onErase = id -> {};

    HubSpotBook(
            ObjectType type,
            Parts parts,
            HubSpotState state,
            HubSpotSchema schema,
            LaggingIndex<CrmObject> index,
            HubSpotEvents events) {
        this.type = type;
        this.parts = parts;
        this.state = state;
        this.schema = schema;
        this.index = index;
        this.events = events;
        this.unique = new HubSpotUnique(type, schema, parts.dials());
        rebuild();
    }

    /** Says who is told of the ids that a merge retires, and of the one that stays. */
    void onMerge(BiConsumer<List<String>, String> told) {
        this.onMerge = told;
    }

    /** Says who is told of an id that is erased. */
    void onErase(Consumer<String> told) {
        this.onErase = told;
    }

    /** Takes a property's values from all records; nobody is told of it. */
    void forget(String property) {
        for (CrmObject object : state.shelf(type).objects.values()) {
            unique.remove(object);
            Map<String, String> rest = new TreeMap<>(object.properties);
            rest.remove(property);
            object.properties = rest;
            if (!object.archived) {
                unique.add(object);
            }
        }
    }

    /** Builds the indexes anew; search sees everything at once. */
    void rebuild() {
        unique.clear();
        index.clear();
        state.shelf(type).objects.values().forEach(c -> {
            if (!c.archived) {
                unique.add(c);
            }
            noted(c);
        });
        index.catchUp();
    }

    /** The record of an id, following merges; null when there is none. */
    @Nullable CrmObject byId(String id) {
        String current = state.shelf(type).aliases.getOrDefault(id, id);
        try {
            return state.shelf(type).objects.get(Long.parseLong(current));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The record by id or by a unique property; null when there is none. */
    @Nullable CrmObject find(String value, @Nullable String idProperty) {
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
    CrmObject live(String value, @Nullable String idProperty) {
        CrmObject object = find(value, idProperty);
        if (object == null || object.archived) {
            throw HubSpotErrors.notFound(value);
        }
        return object;
    }

    CrmObject create(JsonNode properties, Origin origin, boolean emit) {
        Map<String, String> values = checked(new Draft(null, properties));
        values.values().removeIf(String::isEmpty);
        CrmObject object = new CrmObject();
        object.id = String.valueOf(nextId());
        object.createdAt = parts.clock().millis();
        object.updatedAt = object.createdAt;
        store(object, values, origin);
        state.shelf(type).objects.put(Long.parseLong(object.id), object);
        noted(object);
        if (emit) {
            events.created(type, object.id, origin);
            if (parts.dials().on("webhooks.creation_property_changes")) {
                values.forEach((name, value) -> events.changed(type, object.id, name, value, origin));
            }
        }
        parts.changed().run();
        return object;
    }

    /** Applies a write; the answer holds the values that the vendor stored. */
    Map<String, String> update(CrmObject object, JsonNode properties, Origin origin) {
        Map<String, String> values = checked(new Draft(object, properties));
        Map<String, String> changed = new LinkedHashMap<>();
        boolean emitSame = parts.dials().on("writes.same_value_emits");
        values.forEach((name, value) -> {
            if (emitSame || !value.equals(object.properties.getOrDefault(name, ""))) {
                changed.put(name, value);
            }
        });
        if (!changed.isEmpty()) {
            object.updatedAt = parts.clock().millis();
            store(object, changed, origin);
            noted(object);
            changed.forEach((name, value) -> events.changed(type, object.id, name, value, origin));
            parts.changed().run();
        }
        return values;
    }

    /** A write that has not happened: to a record, or to a new one. */
    record Draft(@Nullable CrmObject object, JsonNode properties) {}

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
        CrmObject object = draft.object;
        Map<String, String> values = schema.accept(draft.properties, object == null ? Map.of() : object.properties);
        String email = values.getOrDefault(HubSpotSchema.EMAIL, "").toLowerCase(Locale.ROOT);
        if (type.equals(ObjectType.CONTACTS) && parts.dials().on("gdpr.blocklist") && state.blocked.contains(email)) {
            throw HubSpotErrors.validation("The e-mail belongs to a contact that was deleted for privacy");
        }
        owner(object, values);
        if (type.equals(ObjectType.TICKETS)) {
            ticket(object, values);
        } else if (type.equals(ObjectType.NOTES)
                && object == null
                && values.getOrDefault("hs_timestamp", "").isEmpty()) {
            throw HubSpotErrors.validation(
                    "Error creating NOTE. Some required properties were not set: [hs_timestamp]");
        }
        unique.check(values, object == null ? "" : object.id);
        return values;
    }

    /** Who owns a record must be a member of the team; one who has left keeps what they had. */
    private void owner(@Nullable CrmObject object, Map<String, String> values) {
        String owner = values.getOrDefault("hubspot_owner_id", "");
        String before = object == null ? "" : object.properties.getOrDefault("hubspot_owner_id", "");
        HubSpotState.Owner member = state.owners.get(owner);
        boolean there = member != null && !member.archived;
        if (!owner.isEmpty() && !owner.equals(before) && !state.owners.isEmpty() && !there) {
            throw HubSpotErrors.properties(List.of(
                    new HubSpotErrors.Wrong("hubspot_owner_id", "INVALID_OWNER_ID", "There is no owner " + owner)));
        }
    }

    /** A new ticket needs a stage; the vendor notes when a ticket came into a closed one, unless it is told. */
    private void ticket(@Nullable CrmObject object, Map<String, String> values) {
        Map<String, String> before = object == null ? Map.of() : object.properties;
        if (object == null) {
            for (String needed : List.of("subject", "hs_pipeline_stage")) {
                if (values.getOrDefault(needed, "").isEmpty()) {
                    throw HubSpotErrors.validation(
                            "Error creating TICKET. Some required properties were not set: [" + needed + "]");
                }
            }
            values.putIfAbsent("hs_pipeline", HubSpotPipelines.DEFAULT);
        }
        String stage = values.getOrDefault("hs_pipeline_stage", before.getOrDefault("hs_pipeline_stage", ""));
        boolean closed = stage.equals(HubSpotPipelines.CLOSED);
        boolean was = before.getOrDefault("hs_pipeline_stage", "").equals(HubSpotPipelines.CLOSED);
        if (closed
                && !was
                && !values.containsKey("closed_date")
                && parts.dials().on("tickets.closed_date_set")) {
            values.put("closed_date", HubSpotShapes.time(parts.clock().millis()));
        } else if (!closed
                && was
                && !values.containsKey("closed_date")
                && parts.dials().on("tickets.closed_date_set")) {
            values.put("closed_date", "");
        }
    }

    /** Something about it has changed that is none of its properties. */
    void touch(CrmObject object) {
        object.updatedAt = parts.clock().millis();
        noted(object);
    }

    void archive(CrmObject object, Origin origin) {
        if (object.archived) {
            return;
        }
        object.archived = true;
        object.archivedAt = parts.clock().millis();
        object.updatedAt = object.archivedAt;
        unique.remove(object);
        noted(object);
        events.deleted(type, object.id, origin);
        parts.changed().run();
    }

    void restore(CrmObject object, Origin origin) {
        if (!object.archived) {
            return;
        }
        unique.check(object.properties, object.id);
        object.archived = false;
        object.archivedAt = 0;
        object.updatedAt = parts.clock().millis();
        unique.add(object);
        noted(object);
        events.restored(type, object.id, origin);
        parts.changed().run();
    }

    /** Erases for good; both events are told, in either order. */
    void erase(CrmObject object, Origin origin) {
        state.shelf(type).objects.remove(Long.parseLong(object.id));
        unique.remove(object);
        index.note(object.id, null);
        onErase.accept(object.id);
        String email = object.properties.get(HubSpotSchema.EMAIL);
        if (email != null) {
            state.blocked.add(email.toLowerCase(Locale.ROOT));
        }
        events.erased(type, object.id, origin);
        events.deleted(type, object.id, origin);
        parts.changed().run();
    }

    /** Merges the second record into the first; by default the result bears a new id and both old ids lead to it. */
    CrmObject merge(CrmObject primary, CrmObject secondary, Origin origin) {
        if (primary.id.equals(secondary.id)) {
            throw HubSpotErrors.validation("An object cannot be merged with itself");
        }
        for (CrmObject old : List.of(primary, secondary)) {
            state.shelf(type).objects.remove(Long.parseLong(old.id));
            unique.remove(old);
            index.note(old.id, null);
        }
        CrmObject result = primary.copy();
        result.id = parts.dials().is("merge.id", "new") ? String.valueOf(nextId()) : primary.id;
        result.updatedAt = parts.clock().millis();
        Map<String, String> moved = moved(primary, secondary);
        store(result, moved, origin);
        state.shelf(type).objects.put(Long.parseLong(result.id), result);
        redirect(List.of(primary.id, secondary.id), result.id);
        onMerge.accept(List.of(primary.id, secondary.id), result.id);
        noted(result);
        events.merged(type, primary.id, secondary.id, result.id, moved.size(), origin);
        if (parts.dials().on("merge.property_changes")) {
            moved.forEach((name, value) -> events.changed(type, result.id, name, value, origin));
        }
        parts.changed().run();
        return result;
    }

    private Map<String, String> moved(CrmObject primary, CrmObject secondary) {
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
        state.shelf(type).aliases.replaceAll((from, to) -> old.contains(to) ? id : to);
        old.forEach(from -> state.shelf(type).aliases.put(from, id));
        state.shelf(type).aliases.remove(id);
    }

    static List<String> split(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(";", -1));
    }

    private void store(CrmObject object, Map<String, String> values, Origin origin) {
        unique.remove(object);
        Map<String, String> properties = new TreeMap<>(object.properties);
        Map<String, List<Version>> history = new TreeMap<>(object.history);
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
        object.properties = properties;
        object.history = history;
        unique.add(object);
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
        state.lastId += 1 + (parts.chance().bits("object id", state.lastId) >>> 62);
        return state.lastId;
    }

    private void noted(CrmObject object) {
        index.note(object.id, object.archived ? null : object.copy());
    }
}
