package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.LinkState;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of a recorded step that its two documents share: states, decisions and what is due. */
final class StepJson {
    private static final String LINK = "l";
    private static final String SYSTEM = "y";
    private static final String NEED = "n";
    private static final String NOT_BEFORE = "t";
    private static final String WAITING_ON = "w";
    private static final String SEQ = "q";
    private static final String RULES = "h";
    private static final String DOCUMENT = "d";

    private final LinkCodec links = new LinkCodec();
    private final JournalCodec journal = new JournalCodec();

    ObjectNode state(LinkState state) {
        ObjectNode node = Json.object().put(SEQ, state.seq()).put(RULES, state.rulesHash());
        node.set(DOCUMENT, links.write(state));
        return node;
    }

    @Nullable LinkState state(JsonNode node, String id, String type, String what) {
        return node.isObject()
                ? links.read(
                        id, type, node.path(SEQ).longValue(), node.path(RULES).asText(), node.path(DOCUMENT), what)
                : null;
    }

    static ObjectNode names(Map<String, String> names) {
        ObjectNode node = Json.object();
        new TreeMap<>(names).forEach(node::put);
        return node;
    }

    static Map<String, String> names(JsonNode node) {
        Map<String, String> names = new TreeMap<>();
        node.properties()
                .forEach(name -> names.put(name.getKey(), name.getValue().asText()));
        return names;
    }

    static ObjectNode skeleton(Decision decision) {
        return JournalCodec.skeleton(decision).put(LINK, decision.link());
    }

    ObjectNode personal(Decision decision) {
        return journal.personal(decision);
    }

    Decision decision(JsonNode skeleton, JsonNode personal, long seq, Instant at, String rules) {
        return journal.decision(skeleton.path(LINK).asText(), seq, at, skeleton, personal, rules);
    }

    static ObjectNode due(Due due) {
        ObjectNode node = Json.object()
                .put(LINK, due.link())
                .put(SYSTEM, due.system())
                .put(NEED, due.need().name());
        if (due.notBefore() != null) {
            node.set(NOT_BEFORE, Json.time(due.notBefore()));
        }
        if (due.waitingOn() != null) {
            node.put(WAITING_ON, due.waitingOn());
        }
        return node;
    }

    static Due due(JsonNode node) {
        return new Due(
                node.path(LINK).asText(),
                node.path(SYSTEM).asText(),
                Json.constant(Due.Need.class, node.path(NEED).asText()),
                node.has(NOT_BEFORE) ? Json.time(node.path(NOT_BEFORE)) : null,
                Json.textOrNull(node.path(WAITING_ON)));
    }
}
