package dev.crmsync.sandbox.hubspot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that one HubSpot portal holds; plain fields, so that a snapshot is this and nothing else. */
final class HubSpotState {
    long lastId = 30_000_000_000L;
    long lastEvent;
    long lastDelivery;
    long lastSubscription = 1000;
    String targetUrl = "";

    final Map<String, Shelf> shelves = new LinkedHashMap<>();

    /** From ends such as {@code tickets/1} to ends such as {@code contacts/2}; each association stands at both. */
    final Map<String, Set<String>> associations = new LinkedHashMap<>();

    final Map<String, Owner> owners = new LinkedHashMap<>();
    final Map<String, ContactList> lists = new LinkedHashMap<>();
    final List<Subscription> subscriptions = new ArrayList<>();
    final Set<String> blocked = new LinkedHashSet<>();

    /** What belongs to one type of objects. */
    Shelf shelf(ObjectType type) {
        return shelves.computeIfAbsent(type.plural(), fresh -> new Shelf());
    }

    /** All objects of one type, and what their properties are. */
    static final class Shelf {
        final TreeMap<Long, CrmObject> objects = new TreeMap<>();
        /** Ids that a merge retired, to the id that took their place. */
        final Map<String, String> aliases = new LinkedHashMap<>();

        final Map<String, Property> properties = new LinkedHashMap<>();
    }

    /** A member of the team. */
    static final class Owner {
        String id = "";
        String email = "";
        String firstName = "";
        String lastName = "";
        long userId;
        boolean archived;
        long createdAt;
        long updatedAt;
    }

    /** A list of contacts: of members, or of those that share a property's value. */
    static final class ContactList {
        String id = "";
        String name = "";
        String processingType = "MANUAL";
        /** When each member came, by its id. */
        Map<String, Long> members = new LinkedHashMap<>();
        /** For dynamic lists. */
        String property = "";

        String value = "";
        long createdAt;
        long updatedAt;
    }

    /** An object. Its property map is replaced by each write and never changed, so that copies are cheap. */
    static final class CrmObject {
        String id = "";
        Map<String, String> properties = new TreeMap<>();
        Map<String, List<Version>> history = new TreeMap<>();
        long createdAt;
        long updatedAt;
        boolean archived;
        long archivedAt;

        CrmObject copy() {
            CrmObject copy = new CrmObject();
            copy.id = id;
            copy.properties = properties;
            copy.history = history;
            copy.createdAt = createdAt;
            copy.updatedAt = updatedAt;
            copy.archived = archived;
            copy.archivedAt = archivedAt;
            return copy;
        }
    }

    static final class Version {
        String value = "";
        long at;
        String source = "";
        String sourceId = "";
    }

    static final class Property {
        String name = "";
        String label = "";
        String type = "string";
        String fieldType = "text";
        String groupName = "contactinformation";
        String description = "";
        List<Option> options = new ArrayList<>();
        boolean unique;
        boolean readOnly;
        boolean calculated;
        boolean vendors;
        long createdAt;

        boolean multiple() {
            return fieldType.equals("checkbox");
        }
    }

    static final class Option {
        String label = "";
        String value = "";
    }

    static final class Subscription {
        long id;
        String type = "";

        @Nullable String propertyName;

        boolean active = true;
    }
}
