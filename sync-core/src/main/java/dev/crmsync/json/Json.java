package dev.crmsync.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the codecs share: nodes, times, references, and the errors of documents that cannot be read. */
final class Json {
    static final String FORMAT_KEY = "v";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int NANOS_A_MILLI = 1_000_000;

    /** Far more than any date that a vendor means, and far less than what overflows as milliseconds. */
    private static final long MOST_SECONDS = 1L << 50;

    private Json() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    /** A document of a format; further formats get further numbers. */
    static ObjectNode document(int format) {
        return NODES.objectNode().put(FORMAT_KEY, format);
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static JsonNode text(String text) {
        return NODES.textNode(text);
    }

    static JsonNode nothing() {
        return NODES.nullNode();
    }

    static Bytes bytes(JsonNode node) {
        try {
            return Bytes.of(MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    /** Reads a document and refuses another format than this one. */
    static JsonNode read(Bytes bytes, int format, String what) {
        return read(bytes, format, format, what);
    }

    /** Reads a document of this format or of an earlier one that is still read. */
    static JsonNode read(Bytes bytes, int earliest, int format, String what) {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes.toArray());
        } catch (IOException e) {
            // Jackson's message may quote the document, which holds personal values.
            throw unreadable(what + " is not JSON; restore it from a backup of the store");
        }
        if (node == null || !node.isObject()) {
            throw unreadable(what + " is not a JSON object; restore it from a backup of the store");
        }
        int found = node.path(FORMAT_KEY).asInt(-1);
        if (found < earliest || found > format) {
            String formats = earliest == format ? "format " + format : "formats " + earliest + " to " + format;
            throw unreadable(what + " has format " + found + " and this version of crm-sync reads " + formats
                    + "; run the version that wrote it, or a newer one");
        }
        return node;
    }

    /** Refuses what a newer version may have added: to leave it out when the document is written again would lose it. */
    static void onlyKeys(JsonNode node, Set<String> known, String what) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw unreadable(
                        what + " holds '" + name
                                + "', which this version of crm-sync does not know; run the version that wrote it, or a newer one");
            }
        }
    }

    static SyncException unreadable(String message) {
        return SyncException.of(Kind.PERMANENT, message);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw unreadable("a document names the " + type.getSimpleName() + " '" + name
                + "', which this version of crm-sync does not know; run the version that wrote it, or a newer one");
    }

    /** Whole milliseconds as a number, anything finer as text. */
    static JsonNode time(Instant time) {
        boolean millis = time.getNano() % NANOS_A_MILLI == 0 && Math.abs(time.getEpochSecond()) < MOST_SECONDS;
        return millis ? NODES.numberNode(time.toEpochMilli()) : NODES.textNode(time.toString());
    }

    static Instant time(JsonNode node) {
        return node.isNumber() ? Instant.ofEpochMilli(node.longValue()) : Instant.parse(node.textValue());
    }

    /** When it begins, and how many milliseconds it lasts; anything finer as the text of its end. */
    static void asOf(ArrayNode into, AsOf asOf) {
        into.add(time(asOf.from()));
        Duration length = Duration.between(asOf.from(), asOf.to());
        if (length.getNano() % NANOS_A_MILLI == 0 && length.getSeconds() < MOST_SECONDS) {
            into.add(length.toMillis());
        } else {
            into.add(asOf.to().toString());
        }
    }

    static AsOf asOf(JsonNode from, JsonNode to) {
        Instant begin = time(from);
        return new AsOf(begin, to.isTextual() ? time(to) : begin.plusMillis(to.longValue()));
    }

    static ArrayNode ref(RecordRef ref) {
        return array().add(ref.system()).add(ref.type()).add(ref.id());
    }

    static RecordRef ref(JsonNode node) {
        return new RecordRef(
                node.path(0).asText(), node.path(1).asText(), node.path(2).asText());
    }

    static @Nullable String textOrNull(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
