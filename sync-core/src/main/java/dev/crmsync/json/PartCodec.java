package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.replay.Before;
import dev.crmsync.replay.Part;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A link's part in a recorded step as an entry of its journal. The input and all values are in the part of the entry that is
 * erased with the link. Immutable.
 */
public final class PartCodec {
    /** The kind of an entry that holds an input. */
    public static final String INPUT = "input";

    private static final int FORMAT = 1;

    private static final String LINKS = "m";
    private static final String RULES = "h";
    private static final String TYPE = "y";
    private static final String SEQ = "q";
    private static final String COMMITTED = "n";
    private static final String DECISIONS = "d";
    private static final String DUE = "u";
    private static final String PLACE = "#";
    private static final String INPUT_NODE = "i";
    private static final String STATE = "s";
    private static final String SUCCESSORS = "j";

    private final InputJson inputs = new InputJson();
    private final StepJson steps = new StepJson();

    /** Makes the codec. */
    public PartCodec() {}

    /**
     * Writes a part.
     *
     * @param part the part, with its input
     * @param input the input
     * @return the entry
     */
    public JournalEntry encode(Part part, Input input) {
        Before before = part.before();
        ObjectNode skeleton = Json.document(FORMAT).put(RULES, part.rules());
        if (part.links().size() > 1) {
            ArrayNode links = skeleton.putArray(LINKS);
            part.links().forEach(links::add);
        }
        skeleton.put(TYPE, before.type()).put(SEQ, before.seq()).put(COMMITTED, part.place());
        ObjectNode personal = Json.document(FORMAT);
        ArrayNode decisions = skeleton.putArray(DECISIONS);
        ArrayNode values = personal.putArray(DECISIONS);
        part.decisions().forEach((place, decision) -> {
            decisions.add(StepJson.skeleton(decision).put(PLACE, place));
            values.add(steps.personal(decision));
        });
        ArrayNode due = skeleton.putArray(DUE);
        part.due().forEach((place, work) -> due.add(StepJson.due(work).put(PLACE, place)));
        personal.set(INPUT_NODE, inputs.write(input));
        LinkState state = before.state();
        if (state != null) {
            personal.set(STATE, steps.state(state));
        }
        if (!before.successors().isEmpty()) {
            skeleton.set(SUCCESSORS, StepJson.names(before.successors()));
        }
        return new JournalEntry(
                before.link(), part.seq(), part.at(), INPUT, Json.bytes(skeleton), Json.bytes(personal));
    }

    /**
     * Reads a part.
     *
     * @param entry an entry of kind {@link #INPUT}
     * @return the part; without its input, its state and its values when these were erased
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the entry is damaged or of a newer version
     */
    public Part decode(JournalEntry entry) {
        String what = "recorded input " + entry.seq() + " of link " + entry.link();
        JsonNode skeleton = Json.read(entry.skeleton(), FORMAT, what);
        Bytes kept = entry.values();
        JsonNode personal = kept == null ? Json.object() : Json.read(kept, FORMAT, what);
        String rules = skeleton.path(RULES).asText();
        List<String> links = new ArrayList<>();
        skeleton.path(LINKS).forEach(link -> links.add(link.asText()));
        SortedMap<Integer, Decision> decisions = new TreeMap<>();
        for (int i = 0; i < skeleton.path(DECISIONS).size(); i++) {
            JsonNode one = skeleton.path(DECISIONS).path(i);
            decisions.put(
                    one.path(PLACE).intValue(),
                    steps.decision(one, personal.path(DECISIONS).path(i), entry.seq(), entry.at(), rules));
        }
        SortedMap<Integer, Due> due = new TreeMap<>();
        skeleton.path(DUE).forEach(one -> due.put(one.path(PLACE).intValue(), StepJson.due(one)));
        String type = skeleton.path(TYPE).asText();
        return new Part(
                entry.at(),
                entry.seq(),
                skeleton.path(COMMITTED).longValue(),
                links.isEmpty() ? List.of(entry.link()) : links,
                rules,
                personal.has(INPUT_NODE) ? inputs.read(personal.path(INPUT_NODE), what) : null,
                new Before(
                        entry.link(),
                        type,
                        skeleton.path(SEQ).longValue(),
                        steps.state(personal.path(STATE), entry.link(), type, what),
                        StepJson.names(skeleton.path(SUCCESSORS))),
                decisions,
                due);
    }
}
