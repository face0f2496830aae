package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The associations between objects, always in both directions. Guarded by the stand-in's lock. */
final class HubSpotLinks {
    /** The type id of each directed association, unlabelled. */
    private static final Map<String, Integer> TYPE_IDS = Map.of(
            "tickets>contacts", 16,
            "contacts>tickets", 15,
            "notes>contacts", 202,
            "contacts>notes", 201,
            "notes>tickets", 228,
            "tickets>notes", 227);

    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotEvents events;
    private final Map<ObjectType, HubSpotBook> books;

    HubSpotLinks(Parts parts, HubSpotState state, HubSpotEvents events, Map<ObjectType, HubSpotBook> books) {
        this.parts = parts;
        this.state = state;
        this.events = events;
        this.books = books;
    }

    /** An object at one end of an association. */
    record End(ObjectType type, String id) {
        @Override
        public String toString() {
            return type.plural() + "/" + id;
        }
    }

    static int typeId(ObjectType from, ObjectType to) {
        Integer id = TYPE_IDS.get(from.plural() + ">" + to.plural());
        if (id == null) {
            throw HubSpotErrors.validation(
                    "No association between " + from.plural() + " and " + to.plural() + " is known here");
        }
        return id;
    }

    /** The object that an id leads to today, and that is not archived. */
    End live(ObjectType type, String id) {
        HubSpotBook book = books.get(type);
        CrmObject object = book == null ? null : book.byId(id);
        if (object == null || object.archived) {
            throw HubSpotErrors.notFound(id);
        }
        return new End(type, object.id);
    }

    /** The object that an id leads to today, also when it is archived; the end as it was named where there is none. */
    End present(ObjectType type, String id) {
        HubSpotBook book = books.get(type);
        CrmObject object = book == null ? null : book.byId(id);
        return new End(type, object == null ? id : object.id);
    }

    /** The other ends that are named inline when an object is made: checked before it is. */
    List<End> asked(ObjectType from, JsonNode associations) {
        List<End> ends = new ArrayList<>();
        for (JsonNode association : associations) {
            int typeId =
                    association.path("types").path(0).path("associationTypeId").asInt();
            ObjectType to = ObjectType.ALL.stream()
                    .filter(other -> TYPE_IDS.getOrDefault(from.plural() + ">" + other.plural(), -1) == typeId)
                    .findFirst()
                    .orElseThrow(() -> HubSpotErrors.validation("Invalid association type " + typeId));
            ends.add(live(to, association.path("to").path("id").asText()));
        }
        return ends;
    }

    /** Refuses types that are not those of this direction; HubSpot's unlabelled one is the only one known here. */
    static void checkTypes(ObjectType from, ObjectType to, JsonNode types) {
        int known = typeId(from, to);
        if (types.isEmpty()) {
            throw HubSpotErrors.validation("Invalid input JSON: an association needs at least one type");
        }
        for (JsonNode type : types) {
            int asked = type.path("associationTypeId").asInt();
            if (asked != known) {
                throw HubSpotErrors.validation(
                        "Invalid association type " + asked + " from " + from.plural() + " to " + to.plural());
            }
        }
    }

    /** Associates two objects; whether they were not before. */
    boolean link(End one, End other, Origin origin) {
        typeId(one.type, other.type);
        boolean fresh = add(one.toString(), other.toString());
        add(other.toString(), one.toString());
        if (fresh) {
            told(one, other, false, origin);
        }
        return fresh;
    }

    /** Takes an association away; whether there was one. */
    boolean unlink(End one, End other, Origin origin) {
        boolean there = drop(one.toString(), other.toString());
        drop(other.toString(), one.toString());
        if (there) {
            told(one, other, true, origin);
        }
        return there;
    }

    private boolean add(String from, String to) {
        return state.associations
                .computeIfAbsent(from, fresh -> new LinkedHashSet<>())
                .add(to);
    }

    private boolean drop(String from, String to) {
        Set<String> ends = state.associations.get(from);
        boolean there = ends != null && ends.remove(to);
        if (ends != null && ends.isEmpty()) {
            state.associations.remove(from);
        }
        return there;
    }

    private void told(End one, End other, boolean removed, Origin origin) {
        events.associated(one.type, one.id, other.type, other.id, removed, origin);
        events.associated(other.type, other.id, one.type, one.id, removed, origin);
        if (parts.dials().on("associations.move_modified")) {
            for (End end : List.of(one, other)) {
                HubSpotBook book = books.get(end.type);
                CrmObject object = book == null ? null : book.byId(end.id);
                if (book != null && object != null) {
                    book.touch(object);
                }
            }
        }
        parts.changed().run();
    }

    /** The ids of the objects of a type that an object is associated with, in the order in which they came. */
    List<String> of(End end, ObjectType with) {
        String prefix = with.plural() + "/";
        HubSpotBook book = books.get(with);
        List<String> ids = new ArrayList<>();
        for (String other : state.associations.getOrDefault(end.toString(), Set.of())) {
            CrmObject object =
                    book == null || !other.startsWith(prefix) ? null : book.byId(other.substring(prefix.length()));
            if (object != null && !object.archived) {
                ids.add(object.id);
            }
        }
        return ids;
    }

    /** A record with the associations that were asked for. */
    ObjectNode shown(ObjectNode record, End end, List<String> wanted) {
        if (wanted.isEmpty()) {
            return record;
        }
        ObjectNode associations = record.putObject("associations");
        for (String name : wanted) {
            ObjectType with = ObjectType.named(name);
            List<String> ids = of(end, with);
            if (!ids.isEmpty()) {
                ArrayNode results = associations.putObject(with.plural()).putArray("results");
                ids.forEach(id ->
                        results.addObject().put("id", id).put("type", end.type.singular() + "_to_" + with.singular()));
            }
        }
        return record;
    }

    /** Every association as a pair such as {@code tickets/1>contacts/2}, once in each direction. */
    List<String> pairs() {
        List<String> pairs = new ArrayList<>();
        state.associations.forEach((from, ends) -> ends.forEach(to -> pairs.add(from + ">" + to)));
        return pairs;
    }

    /** What a merge does to associations: those of the ids that are no more lead to the one that stays. */
    void moved(ObjectType type, List<String> old, String id) {
        String stays = new End(type, id).toString();
        for (String gone : old) {
            String end = new End(type, gone).toString();
            for (String other : end.equals(stays) ? List.<String>of() : ends(end)) {
                drop(end, other);
                drop(other, end);
                add(stays, other);
                add(other, stays);
            }
        }
    }

    /** What becomes of the associations of an object that is no more: nobody is told of them one by one. */
    void gone(End end) {
        for (String other : ends(end.toString())) {
            drop(end.toString(), other);
            drop(other, end.toString());
        }
    }

    private List<String> ends(String end) {
        return List.copyOf(state.associations.getOrDefault(end, Set.of()));
    }
}
