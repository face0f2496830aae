package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that one Pipedrive company holds; plain fields, so that a snapshot is this and nothing else. */
final class PipedriveState {
    /** The last number that was given to each kind of thing. */
    final Map<String, Long> numbers = new TreeMap<>();

    final Map<String, Shelf> shelves = new LinkedHashMap<>();

    /** The fields of each kind that has fields, by their codes. */
    final Map<String, Map<String, Field>> fields = new LinkedHashMap<>();

    final Map<Long, User> users = new TreeMap<>();
    final Map<String, LeadLabel> leadLabels = new LinkedHashMap<>();
    final Map<Long, Webhook> webhooks = new TreeMap<>();
    final Map<Long, Filter> filters = new TreeMap<>();

    /** What became of each person, oldest first. */
    final Map<String, List<Change>> history = new LinkedHashMap<>();

    /** The day whose tokens were spent, in days since 1970, and how many. */
    long tokenDay;

    long tokensSpent;
    long requestsMade;

    /** The next number of a kind of thing. */
    long next(String what) {
        return numbers.merge(what, 1L, Long::sum);
    }

    Shelf shelf(PipedriveKind kind) {
        return shelves.computeIfAbsent(kind.word(), fresh -> new Shelf());
    }

    Map<String, Field> fields(PipedriveKind kind) {
        return fields.computeIfAbsent(kind.fieldsOf().word(), fresh -> new LinkedHashMap<>());
    }

    /** The records of one kind, in the order in which they were made. */
    static final class Shelf {
        final TreeMap<Long, Item> items = new TreeMap<>();
    }

    /** A record. Its values are replaced by each write and never changed, so that copies are cheap. */
    static final class Item {
        String id = "";
        long number;
        /** By the names of the newer edition, without nulls; custom fields are an object among them. */
        ObjectNode values = Json.object();

        long addTime;
        long updateTime;
        boolean deleted;

        /** The record into which a merge took this one. */
        String mergedInto = "";

        Item copy() {
            Item copy = new Item();
            copy.id = id;
            copy.number = number;
            copy.values = values;
            copy.addTime = addTime;
            copy.updateTime = updateTime;
            copy.deleted = deleted;
            copy.mergedInto = mergedInto;
            return copy;
        }

        boolean archived() {
            return values.path("is_archived").asBoolean();
        }

        long owner() {
            return values.path("owner_id").asLong();
        }
    }

    /** A standard or custom field. */
    static final class Field {
        long id;
        String code = "";
        String name = "";
        String type = "";
        boolean custom;
        List<Option> options = new ArrayList<>();
        long addTime;

        boolean hasOptions() {
            return type.equals("enum") || type.equals("set");
        }

        @Nullable Option option(long wanted) {
            return options.stream().filter(one -> one.id == wanted).findFirst().orElse(null);
        }
    }

    static final class Option {
        long id;
        String label = "";
    }

    static final class User {
        long id;
        String name = "";
        String email = "";
        boolean admin;
        boolean active = true;
        long created;
    }

    static final class LeadLabel {
        String id = "";
        String name = "";
        String color = "";
        long addTime;
        long updateTime;
    }

    /** A saved filter. */
    static final class Filter {
        long id;
        String name = "";
        String type = "";
        /** The code of the field that it looks at, and the value that it wants there. */
        String field = "";

        String value = "";
        long addTime;
    }

    static final class Change {
        String field = "";

        @Nullable String before;

        @Nullable String after;

        long userId;
        long at;
        String source = "";
        String agent = "";
        boolean bulk;
    }

    static final class Webhook {
        long id;
        long ownerId;
        long userId;
        String name = "";
        String url = "";
        String action = "";
        String object = "";

        @Nullable String authUser;

        @Nullable String authPassword;

        long addTime;
        /** When the vendor took it away, and why; 0 while it is there. */
        long removeTime;

        String removeReason = "";
        long lastDelivery;
        int lastStatus;
        /** First attempts that failed since the last ban. */
        int failures;

        long bannedUntil;
        /** The first failure since the last success; 0 when there is none. */
        long failingSince;

        boolean active() {
            return removeTime == 0;
        }
    }
}
