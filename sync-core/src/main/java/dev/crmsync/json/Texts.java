package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** How texts are written into a document: in place, or once in a table and by number everywhere else. */
abstract class Texts {
    /** Texts in their place. */
    static final Texts IN_PLACE = new Texts() {
        @Override
        JsonNode write(String text) {
            return TextNode.valueOf(text);
        }

        @Override
        String read(JsonNode node) {
            if (!node.isTextual()) {
                throw Json.unreadable("a document holds no text where a text belongs; restore it from a backup");
            }
            return node.textValue();
        }
    };

    abstract JsonNode write(String text);

    abstract String read(JsonNode node);

    /** A table to which texts are added as they are written: systems in step hold the same texts many times over. */
    static final class Table extends Texts {
        private final Map<String, Integer> numbers = new LinkedHashMap<>();

        @Override
        JsonNode write(String text) {
            return IntNode.valueOf(numbers.computeIfAbsent(text, fresh -> numbers.size()));
        }

        @Override
        String read(JsonNode node) {
            throw new IllegalStateException("this table is being written");
        }

        ArrayNode node() {
            ArrayNode node = Json.array();
            numbers.keySet().forEach(node::add);
            return node;
        }
    }

    /** A table that was written. */
    static final class Written extends Texts {
        private final JsonNode table;

        Written(JsonNode table) {
            this.table = table;
        }

        @Override
        JsonNode write(String text) {
            throw new IllegalStateException("this table is being read");
        }

        @Override
        String read(JsonNode node) {
            JsonNode text = node.isInt() ? table.path(node.intValue()) : node;
            if (!text.isTextual() || !node.isInt()) {
                throw Json.unreadable("a document refers to a text that is not in its table; restore it from a backup");
            }
            return text.textValue();
        }
    }
}
