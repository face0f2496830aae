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

    final TreeMap<Long, Contact> contacts = new TreeMap<>();
    /** Ids that a merge retired, to the id that took their place. */
    final Map<String, String> aliases = new LinkedHashMap<>();

    final Map<String, Property> properties = new LinkedHashMap<>();
    final List<Subscription> subscriptions = new ArrayList<>();
    final Set<String> blocked = new LinkedHashSet<>();

    /** A contact. Its property map is replaced by each write and never changed, so that copies are cheap. */
    static final class Contact {
        String id = "";
        Map<String, String> properties = new TreeMap<>();
        Map<String, List<Version>> history = new TreeMap<>();
        long createdAt;
        long updatedAt;
        boolean archived;
        long archivedAt;

        Contact copy() {
            Contact copy = new Contact();
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
