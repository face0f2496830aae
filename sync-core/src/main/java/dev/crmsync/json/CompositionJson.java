package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Composition;
import dev.crmsync.spi.model.ChangeKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Of which records a link consists, and what has brought it about, as nodes of an entry of the identity log. */
final class CompositionJson {
    private static final String TYPE = "t";
    private static final String PARTS = "s";
    private static final String TAKEN_OVER_BY = "j";

    private CompositionJson() {}

    /** For each system a list: how the primary record stands, its id or nothing, and the ids of the others. */
    static ObjectNode write(Composition composition) {
        ObjectNode node = Json.object().put(TYPE, composition.type());
        ObjectNode parts = node.putObject(PARTS);
        composition.parts().forEach((system, part) -> {
            ArrayNode list = parts.putArray(system).add(part.condition().name()).add(part.primary());
            part.secondaries().forEach(list::add);
        });
        if (composition.takenOverBy() != null) {
            node.put(TAKEN_OVER_BY, composition.takenOverBy());
        }
        return node;
    }

    static @Nullable Composition composition(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        TreeMap<String, Composition.Part> parts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path(PARTS).properties()) {
            JsonNode list = entry.getValue();
            TreeSet<String> secondaries = new TreeSet<>();
            for (int i = 2; i < list.size(); i++) {
                secondaries.add(list.get(i).asText());
            }
            Composition.Condition condition =
                    Json.constant(Composition.Condition.class, list.path(0).asText());
            parts.put(entry.getKey(), new Composition.Part(Json.textOrNull(list.path(1)), secondaries, condition));
        }
        return new Composition(node.path(TYPE).asText(), parts, Json.textOrNull(node.path(TAKEN_OVER_BY)));
    }

    static ArrayNode write(Cause cause) {
        ArrayNode node = Json.array().add(cause.by().name());
        if (cause.system() != null) {
            node.add(cause.system());
        }
        return cause.told() == null ? node : node.add(cause.told().name());
    }

    static @Nullable Cause cause(JsonNode node) {
        if (!node.isArray()) {
            return null;
        }
        String told = Json.textOrNull(node.path(2));
        return new Cause(
                Json.constant(Cause.By.class, node.path(0).asText()),
                Json.textOrNull(node.path(1)),
                told == null ? null : Json.constant(ChangeKind.class, told));
    }
}
