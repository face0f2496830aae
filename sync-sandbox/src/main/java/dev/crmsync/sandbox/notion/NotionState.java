package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that one Notion workspace holds; plain fields, so that a snapshot is this and nothing else. */
final class NotionState {
    /** The last number that was given to each kind of thing. */
    final Map<String, Long> numbers = new TreeMap<>();

    final Map<String, User> users = new LinkedHashMap<>();
    final Map<String, Database> databases = new LinkedHashMap<>();
    final Map<String, DataSource> dataSources = new LinkedHashMap<>();
    final Map<String, Page> pages = new LinkedHashMap<>();
    final Map<String, Block> blocks = new LinkedHashMap<>();
    final Map<String, Comment> comments = new LinkedHashMap<>();
    final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

    /** The next number of a kind of thing. */
    long next(String what) {
        return numbers.merge(what, 1L, Long::sum);
    }

    /** Nothing is left. */
    void clear() {
        numbers.clear();
        users.clear();
        databases.clear();
        dataSources.clear();
        pages.clear();
        blocks.clear();
        comments.clear();
        subscriptions.clear();
    }

    /** When and by whom a thing was made and last edited; times in milliseconds, as exact as the clock. */
    static class Made {
        long createdAt;
        long editedAt;
        String createdBy = "";
        String editedBy = "";

        void by(NotionActor actor, long now) {
            createdAt = now;
            createdBy = actor.id();
            edited(actor, now);
        }

        void edited(NotionActor actor, long now) {
            editedAt = now;
            editedBy = actor.id();
        }

        void same(Made other) {
            createdAt = other.createdAt;
            editedAt = other.editedAt;
            createdBy = other.createdBy;
            editedBy = other.editedBy;
        }
    }

    static final class User {
        String id = "";
        String name = "";
        String email = "";
        boolean bot;
    }

    /** A container of data sources; rights are given for it as a whole. */
    static final class Database extends Made {
        String id = "";
        String title = "";
        boolean shared = true;
        boolean trashed;
    }

    static final class DataSource extends Made {
        String id = "";
        String database = "";
        String title = "";
        boolean trashed;

        /** The last number that its unique_id property gave. */
        long lastUnique;

        /** By their ids, which no rename touches. */
        Map<String, Property> properties = new LinkedHashMap<>();
    }

    static final class Property {
        String id = "";
        String name = "";
        String type = "";

        /** Of select, multi_select and status. */
        List<Option> options = new ArrayList<>();

        /** The data source that a relation points to. */
        String relatesTo = "";

        /** Of a unique_id. */
        String prefix = "";

        @Nullable Option optionById(String wanted) {
            return options.stream()
                    .filter(one -> one.id.equals(wanted))
                    .findFirst()
                    .orElse(null);
        }

        @Nullable Option optionByName(String wanted) {
            return options.stream()
                    .filter(one -> one.name.equals(wanted))
                    .findFirst()
                    .orElse(null);
        }
    }

    static final class Option {
        String id = "";
        String name = "";
        String color = "default";
    }

    /** A page. Its values are replaced by each write and never changed, so that copies are cheap. */
    static final class Page extends Made {
        String id = "";
        long number;

        /** The data source that it is a row of; empty once it was moved out of all of them. */
        String dataSource = "";

        /** By property id, without those that are unset. */
        ObjectNode values = Json.object();

        long unique;
        boolean trashed;
        boolean locked;

        /** Its blocks, in order. */
        List<String> children = new ArrayList<>();

        Page copy() {
            Page copy = new Page();
            copy.same(this);
            copy.id = id;
            copy.number = number;
            copy.dataSource = dataSource;
            copy.values = values;
            copy.unique = unique;
            copy.trashed = trashed;
            copy.locked = locked;
            return copy;
        }
    }

    static final class Block extends Made {
        String id = "";
        String page = "";

        /** The block that it is below; empty when that is the page. */
        String above = "";

        String type = "";
        ObjectNode content = Json.object();
        boolean trashed;
        List<String> children = new ArrayList<>();
    }

    static final class Comment extends Made {
        String id = "";
        String page = "";

        /** The block that it is about; empty when that is the page. */
        String block = "";

        String discussion = "";
        ArrayNode text = Json.array();
    }

    /** A webhook that a person made in the integration's settings. */
    static final class Subscription {
        String id = "";
        String url = "";
        String token = "";
        String apiVersion = "";

        /** {@code pending} until the token was pasted back, then {@code active} or {@code paused}. */
        String status = "pending";

        Set<String> events = new LinkedHashSet<>();
    }
}
