package dev.crmsync.http;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.NativeValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Strict JSON that a stranger may send: nesting, number and name lengths are bounded, a key that stands twice and
 * anything behind the value are refused. Converts between JSON and native values. Thread-safe.
 */
public final class Json {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_NAME = 2_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxNameLength(LONGEST_NAME)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @param body the raw bytes, in UTF-8
     * @return the value, or empty when the bytes are not exactly one well-formed value within the bounds
     */
    public static Optional<JsonNode> parse(Bytes body) {
        try {
            return Optional.of(MAPPER.readTree(body.toArray())).filter(node -> !node.isMissingNode());
        } catch (IOException | NumberFormatException malformed) {
            // Jackson lets the latter out for an exponent of ten digits or more.
            return Optional.empty();
        }
    }

    /**
     * Begins an object.
     *
     * @return an empty object, to be filled by one thread
     */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Begins an array.
     *
     * @return an empty array, to be filled by one thread
     */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /**
     * The UTF-8 bytes of a JSON value, without needless blanks.
     *
     * @param json the value
     * @return its bytes
     */
    public static Bytes bytes(JsonNode json) {
        try {
            return Bytes.of(MAPPER.writeValueAsBytes(json));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON could not be written", impossible);
        }
    }

    /**
     * What a JSON value is as a native value.
     *
     * @param json the value; null becomes {@link NativeValue.Empty}
     * @return the native value
     */
    public static NativeValue toNative(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> new NativeValue.Text(json.textValue());
            case NUMBER -> new NativeValue.Number(json.decimalValue());
            case BOOLEAN -> new NativeValue.Flag(json.booleanValue());
            case ARRAY -> {
                List<NativeValue> items = new ArrayList<>();
                json.forEach(item -> items.add(toNative(item)));
                yield new NativeValue.Items(items);
            }
            case OBJECT -> {
                Map<String, NativeValue> entries = new TreeMap<>();
                json.properties().forEach(entry -> entries.put(entry.getKey(), toNative(entry.getValue())));
                yield new NativeValue.Entries(entries);
            }
            case NULL, MISSING, BINARY, POJO -> NativeValue.EMPTY;
        };
    }

    /**
     * What a native value is in JSON.
     *
     * @param value the native value; {@link NativeValue.Empty} becomes null
     * @return a new JSON value; the keys of objects stand in their natural order
     */
    public static JsonNode fromNative(NativeValue value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof NativeValue.Text text) {
            return nodes.textNode(text.text());
        } else if (value instanceof NativeValue.Number number) {
            return whole(number.number())
                    ? nodes.numberNode(number.number().toBigIntegerExact())
                    : nodes.numberNode(number.number());
        } else if (value instanceof NativeValue.Flag flag) {
            return nodes.booleanNode(flag.flag());
        } else if (value instanceof NativeValue.Items items) {
            ArrayNode array = nodes.arrayNode();
            items.items().forEach(item -> array.add(fromNative(item)));
            return array;
        } else if (value instanceof NativeValue.Entries entries) {
            ObjectNode object = nodes.objectNode();
            entries.entries().forEach((key, entry) -> object.set(key, fromNative(entry)));
            return object;
        }
        return nodes.nullNode();
    }

    /** A native 100 is 1E+2 without its trailing zeros, which a vendor may take for a fraction. */
    private static boolean whole(BigDecimal number) {
        return number.scale() <= 0 && number.precision() - (long) number.scale() <= LONGEST_NUMBER;
    }
}
