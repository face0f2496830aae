package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.NativeValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Native and canonical values as JSON. Empty is null; what JSON has no form for is an object with one telling key. */
final class ValueJson {
    private static final String NUMBER = "n";
    private static final String MAP = "m";
    private static final String TIME = "t";
    private static final String REFERENCE = "r";
    private static final String REFERENCES = "rs";

    private final Texts texts;

    ValueJson(Texts texts) {
        this.texts = texts;
    }

    JsonNode write(NativeValue value) {
        if (value instanceof NativeValue.Text text) {
            return texts.write(text.text());
        } else if (value instanceof NativeValue.Number number) {
            return number(number.number());
        } else if (value instanceof NativeValue.Flag flag) {
            return BooleanNode.valueOf(flag.flag());
        } else if (value instanceof NativeValue.Items items) {
            ArrayNode node = Json.array();
            items.items().forEach(item -> node.add(write(item)));
            return node;
        } else if (value instanceof NativeValue.Entries entries) {
            ObjectNode node = Json.object();
            entries.entries().forEach((key, entry) -> node.set(key, write(entry)));
            return Json.object().set(MAP, node);
        }
        return Json.nothing();
    }

    NativeValue readNative(JsonNode node) {
        if (node.isNull()) {
            return NativeValue.EMPTY;
        } else if (node.isBoolean()) {
            return NativeValue.flag(node.booleanValue());
        } else if (node.isArray()) {
            List<NativeValue> items = new ArrayList<>();
            node.forEach(item -> items.add(readNative(item)));
            return new NativeValue.Items(items);
        } else if (node.has(NUMBER)) {
            return new NativeValue.Number(decimal(node));
        } else if (node.has(MAP)) {
            Map<String, NativeValue> entries = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : node.path(MAP).properties()) {
                entries.put(entry.getKey(), readNative(entry.getValue()));
            }
            return new NativeValue.Entries(entries);
        }
        return new NativeValue.Text(texts.read(node));
    }

    JsonNode write(Value value) {
        if (value instanceof Value.Text text) {
            return texts.write(text.text());
        } else if (value instanceof Value.Number number) {
            return number(number.number());
        } else if (value instanceof Value.Flag flag) {
            return BooleanNode.valueOf(flag.flag());
        } else if (value instanceof Value.Time time) {
            return Json.object().set(TIME, Json.time(time.time()));
        } else if (value instanceof Value.Members members) {
            ArrayNode node = Json.array();
            members.members().forEach(member -> node.add(texts.write(member)));
            return node;
        } else if (value instanceof Value.Reference reference) {
            return Json.object().set(REFERENCE, texts.write(reference.link()));
        } else if (value instanceof Value.References references) {
            ArrayNode links = Json.array();
            references.links().forEach(link -> links.add(texts.write(link)));
            return Json.object().set(REFERENCES, links);
        }
        return Json.nothing();
    }

    Value readValue(JsonNode node) {
        if (node.isNull()) {
            return Value.EMPTY;
        } else if (node.isBoolean()) {
            return new Value.Flag(node.booleanValue());
        } else if (node.isArray()) {
            TreeSet<String> members = new TreeSet<>();
            node.forEach(member -> members.add(texts.read(member)));
            return new Value.Members(members);
        } else if (node.has(NUMBER)) {
            return new Value.Number(decimal(node));
        } else if (node.has(TIME)) {
            return new Value.Time(Json.time(node.path(TIME)));
        } else if (node.has(REFERENCE)) {
            return new Value.Reference(texts.read(node.path(REFERENCE)));
        } else if (node.has(REFERENCES)) {
            TreeSet<String> links = new TreeSet<>();
            node.path(REFERENCES).forEach(link -> links.add(texts.read(link)));
            return new Value.References(links);
        }
        return new Value.Text(texts.read(node));
    }

    /** As text: a JSON number would be read as a double by other tools. */
    private static JsonNode number(BigDecimal number) {
        return Json.object().put(NUMBER, number.toString());
    }

    private static BigDecimal decimal(JsonNode node) {
        return new BigDecimal(node.path(NUMBER).asText());
    }
}
