package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Changes of one kind to one thing that will leave as one event; plain fields for the snapshot. */
final class NotionGathering {
    String subscription = "";
    String type = "";
    String entity = "";
    String entityType = "";
    ObjectNode parent = Json.object();

    /** The page that a comment is on; empty for other things. */
    String page = "";

    /** Who changed it: what each is, a space and the id, for a person and their agent bear the same id. */
    Set<String> authors = new LinkedHashSet<>();

    Set<String> properties = new LinkedHashSet<>();

    /** Blocks and pages that changed below it, and what each of them is. */
    Map<String, String> blocks = new LinkedHashMap<>();

    long timestamp;
    long dueAt;

    /** When a second copy leaves; negative when there is none. */
    long copyAt = -1;

    /** Lost on its way, or taken back by what happened later. */
    boolean gone;

    /** What it is gathered under. */
    String key() {
        return key(subscription, type, entity);
    }

    static String key(String subscription, String type, String entity) {
        return subscription + " " + type + " " + entity;
    }
}
