package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import java.util.List;

/** Lists of styled texts: what is taken, and how they come back. */
final class NotionRichText {
    /** Characters that one text object may have when it is written. */
    static final int TEXT_MOST = 2000;

    /** Objects that one list may have when it is written. */
    static final int OBJECTS_MOST = 100;

    private static final int EQUATION_MOST = 1000;
    private static final List<String> STYLES = List.of("bold", "italic", "strikethrough", "underline", "code");

    private final Parts parts;

    NotionRichText(Parts parts) {
        this.parts = parts;
    }

    /** Takes a list as it was sent; people are not bound by the API's limits. */
    ArrayNode accept(JsonNode list, String path, boolean limited) {
        if (!list.isArray()) {
            throw NotionErrors.invalid(path, "should be an array, instead was `" + list + "`.");
        }
        if (limited && list.size() > OBJECTS_MOST) {
            throw NotionErrors.invalid(
                    path + ".length", "should be ≤ `" + OBJECTS_MOST + "`, instead was `" + list.size() + "`.");
        }
        ArrayNode items = Json.array();
        for (int i = 0; i < list.size(); i++) {
            items.add(item(list.path(i), path + "[" + i + "]", limited));
        }
        return segmented(items);
    }

    private static ObjectNode item(JsonNode given, String path, boolean limited) {
        ObjectNode item = Json.object();
        if (given.has("text")) {
            text(given.path("text"), path + ".text", item, limited);
        } else if (given.has("mention")) {
            JsonNode mention = given.path("mention");
            item.put("type", "mention").set("mention", mention.deepCopy());
            item.put("plain_text", mentioned(mention));
            item.putNull("href");
        } else if (given.has("equation")) {
            String expression = given.at("/equation/expression").asText();
            if (limited && expression.length() > EQUATION_MOST) {
                throw tooLong(path + ".equation.expression", EQUATION_MOST, expression.length());
            }
            item.put("type", "equation").putObject("equation").put("expression", expression);
            item.put("plain_text", expression).putNull("href");
        } else {
            throw NotionErrors.invalid(path + ".text", "should be defined, instead was `undefined`.");
        }
        item.set("annotations", annotations(given.path("annotations")));
        return item;
    }

    private static void text(JsonNode text, String path, ObjectNode item, boolean limited) {
        if (!text.path("content").isTextual()) {
            throw NotionErrors.invalid(path + ".content", "should be a string, instead was `undefined`.");
        }
        String content = text.path("content").asText();
        if (limited && content.length() > TEXT_MOST) {
            throw tooLong(path + ".content", TEXT_MOST, content.length());
        }
        String url = text.at("/link/url").asText("");
        if (limited && url.length() > TEXT_MOST) {
            throw tooLong(path + ".link.url", TEXT_MOST, url.length());
        }
        ObjectNode shown = item.put("type", "text").putObject("text").put("content", content);
        if (url.isEmpty()) {
            shown.putNull("link");
            item.put("plain_text", content).putNull("href");
        } else {
            shown.putObject("link").put("url", url);
            item.put("plain_text", content).put("href", url);
        }
    }

    private static Refusal tooLong(String path, int most, int length) {
        return NotionErrors.invalid(path + ".length", "should be ≤ `" + most + "`, instead was `" + length + "`.");
    }

    private static String mentioned(JsonNode mention) {
        String start = mention.at("/date/start").asText("");
        return start.isEmpty() ? "@mention" : start;
    }

    private static ObjectNode annotations(JsonNode given) {
        ObjectNode annotations = Json.object();
        STYLES.forEach(style -> annotations.put(style, given.path(style).asBoolean()));
        return annotations.put("color", given.path("color").asText("default"));
    }

    /** Cuts a list anew as the dial says, for what is written in pieces may come back in others. */
    private ArrayNode segmented(ArrayNode items) {
        String how = parts.dials().word("rich_text.segments");
        if (how.equals("kept")) {
            return items;
        }
        ArrayNode merged = Json.array();
        for (JsonNode item : items) {
            JsonNode last = merged.isEmpty() ? Json.MAPPER.missingNode() : merged.get(merged.size() - 1);
            if (item.path("type").asText().equals("text") && alike(last, item)) {
                merged.set(
                        merged.size() - 1,
                        withContent(item, plain(last) + item.at("/text/content").asText()));
            } else if (!item.at("/text/content").asText("x").isEmpty()) {
                merged.add(item);
            }
        }
        return how.equals("split") ? split(merged) : merged;
    }

    private static boolean alike(JsonNode one, JsonNode other) {
        return one.path("type").asText().equals("text")
                && one.path("annotations").equals(other.path("annotations"))
                && one.path("href").equals(other.path("href"));
    }

    private static ArrayNode split(ArrayNode merged) {
        ArrayNode split = Json.array();
        for (JsonNode item : merged) {
            String content = item.at("/text/content").asText();
            for (int at = 0; at < Math.max(1, content.length()); at += TEXT_MOST) {
                String piece = content.substring(at, Math.min(content.length(), at + TEXT_MOST));
                split.add(item.path("type").asText().equals("text") ? withContent(item, piece) : item);
            }
        }
        return split;
    }

    private static ObjectNode withContent(JsonNode item, String content) {
        ObjectNode copy = item.deepCopy();
        copy.withObjectProperty("text").put("content", content);
        return copy.put("plain_text", content);
    }

    /** A list that holds this text and no styles, in pieces that the API takes. */
    static ArrayNode of(String content) {
        ArrayNode list = Json.array();
        for (int at = 0; at < content.length(); at += TEXT_MOST) {
            String piece = content.substring(at, Math.min(content.length(), at + TEXT_MOST));
            list.addObject().put("type", "text").putObject("text").put("content", piece);
        }
        return list;
    }

    /** The text of a list or of one of its items, without styles. */
    static String plain(JsonNode list) {
        if (!list.isArray()) {
            return list.path("plain_text").asText("");
        }
        StringBuilder text = new StringBuilder();
        list.forEach(item -> text.append(item.path("plain_text").asText()));
        return text.toString();
    }
}
