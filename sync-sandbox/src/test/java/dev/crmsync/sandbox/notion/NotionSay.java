package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tests say to Notion's API, and how they read its answers. */
final class NotionSay {
    private NotionSay() {}

    static Map<String, Object> title(String text) {
        return Map.of("title", texts(text));
    }

    static Map<String, Object> text(String... pieces) {
        return Map.of("rich_text", texts(pieces));
    }

    static List<Object> texts(String... pieces) {
        List<Object> list = new ArrayList<>();
        for (String piece : pieces) {
            list.add(Map.of("text", Map.of("content", piece)));
        }
        return list;
    }

    static Map<String, Object> options(String... names) {
        return Map.of(
                "multi_select",
                Arrays.stream(names).map(name -> Map.of("name", name)).toList());
    }

    static Map<String, Object> ids(String type, List<String> ids) {
        return Map.of(type, ids.stream().map(id -> Map.of("id", id)).toList());
    }

    /** A value that may be null. */
    static Map<String, Object> one(String property, String type, Object value) {
        Map<String, Object> inner = new HashMap<>();
        inner.put(type, value);
        return Map.of(property, inner);
    }

    static Answer create(Rig rig, Map<String, ?> properties) throws IOException {
        return rig.notion(
                "POST",
                "/v1/pages",
                Map.of(
                        "parent",
                        Map.of(
                                "type",
                                "data_source_id",
                                "data_source_id",
                                rig.sandbox.notion().dataSourceId()),
                        "properties",
                        properties));
    }

    static Answer patch(Rig rig, String id, Map<String, ?> properties) throws IOException {
        return rig.notion("PATCH", "/v1/pages/" + id, Map.of("properties", properties));
    }

    static Answer query(Rig rig, Map<String, ?> body) throws IOException {
        return rig.notion("POST", "/v1/data_sources/" + rig.sandbox.notion().dataSourceId() + "/query", body);
    }

    /** The titles of the pages of a list. */
    static List<String> titles(JsonNode list) {
        List<String> titles = new ArrayList<>();
        list.path("results")
                .forEach(page -> titles.add(
                        page.at("/properties/Name/title/0/plain_text").asText()));
        return titles;
    }

    /** The ids of what a list holds. */
    static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("results").forEach(one -> ids.add(one.path("id").asText()));
        return ids;
    }
}
