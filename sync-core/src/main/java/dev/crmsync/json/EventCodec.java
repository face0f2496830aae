package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A change event as the content of an inbox row or a dead letter. Immutable. */
public final class EventCodec {
    private static final int FORMAT = 1;

    private static final String REF = "ref";
    private static final String KIND = "kind";
    private static final String PROPERTIES = "properties";
    private static final String FULL = "full";
    private static final String AS_OF = "asOf";
    private static final String ORIGIN = "origin";
    private static final String EVIDENCE = "evidence";
    private static final String OTHER = "other";
    private static final Set<String> KEYS =
            Set.of(Json.FORMAT_KEY, REF, KIND, PROPERTIES, FULL, AS_OF, ORIGIN, EVIDENCE, OTHER);

    private final ValueJson values = new ValueJson(Texts.IN_PLACE);

    /** Makes the codec. */
    public EventCodec() {}

    /**
     * Writes an event.
     *
     * @param event the event
     * @return its bytes
     */
    public Bytes encode(ChangeEvent event) {
        return Json.bytes(write(event));
    }

    ObjectNode write(ChangeEvent event) {
        ObjectNode node = Json.document(FORMAT);
        node.set(REF, Json.ref(event.ref()));
        node.put(KIND, event.kind().name());
        ObjectNode properties = Json.object();
        event.properties().forEach((name, value) -> properties.set(name, values.write(value)));
        node.set(PROPERTIES, properties);
        node.put(FULL, event.full());
        ArrayNode asOf = Json.array();
        Json.asOf(asOf, event.asOf());
        node.set(AS_OF, asOf);
        node.put(ORIGIN, event.origin().name());
        node.put(EVIDENCE, event.evidence().name());
        event.other().ifPresent(other -> node.set(OTHER, Json.ref(other)));
        return node;
    }

    /**
     * Reads an event.
     *
     * @param content its bytes
     * @return the event
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when they are damaged or of a newer version
     */
    public ChangeEvent decode(Bytes content) {
        return read(Json.read(content, FORMAT, "an event"));
    }

    ChangeEvent read(JsonNode node) {
        Json.onlyKeys(node, KEYS, "an event");
        Map<String, NativeValue> properties = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path(PROPERTIES).properties()) {
            properties.put(entry.getKey(), values.readNative(entry.getValue()));
        }
        AsOf asOf = Json.asOf(node.path(AS_OF).path(0), node.path(AS_OF).path(1));
        return new ChangeEvent(
                Json.ref(node.path(REF)),
                Json.constant(ChangeKind.class, node.path(KIND).asText()),
                properties,
                node.path(FULL).asBoolean(),
                asOf,
                Json.constant(Origin.class, node.path(ORIGIN).asText()),
                Json.constant(Evidence.class, node.path(EVIDENCE).asText()),
                node.has(OTHER) ? Json.ref(node.path(OTHER)) : null);
    }
}
