package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    private static final int WORTH_SHARING = 4;

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

        /** A text that begins as the one before it follows the number of characters that they share. */
        ArrayNode node() {
            ArrayNode node = Json.array();
            String before = "";
            for (String text : numbers.keySet()) {
                int shared = shared(before, text);
                if (shared >= WORTH_SHARING) {
                    node.add(shared).add(text.substring(shared));
                } else {
                    node.add(text);
                }
                before = text;
            }
            return node;
        }

        private static int shared(String a, String b) {
            int most = Math.min(a.length(), b.length());
            int shared = 0;
            while (shared < most && a.charAt(shared) == b.charAt(shared)) {
                shared++;
            }
            // Half a character would be written as a question mark.
            return shared > 0 && Character.isHighSurrogate(a.charAt(shared - 1)) ? shared - 1 : shared;
        }
    }

    /** A table that was written. */
    static final class Written extends Texts {
        private final List<String> table = new ArrayList<>();

        Written(JsonNode node) {
            int shared = 0;
            for (JsonNode entry : node) {
                if (entry.isInt()) {
                    shared = entry.intValue();
                } else {
                    String before = shared == 0 ? "" : table.get(table.size() - 1);
                    table.add(before.substring(0, shared) + entry.asText());
                    shared = 0;
                }
            }
        }

        @Override
        JsonNode write(String text) {
            throw new IllegalStateException("this table is being read");
        }

        @Override
        String read(JsonNode node) {
            if (!node.isInt() || node.intValue() < 0 || node.intValue() >= table.size()) {
                throw Json.unreadable("a document refers to a text that is not in its table; restore it from a backup");
            }
            return table.get(node.intValue());
        }
    }
}
