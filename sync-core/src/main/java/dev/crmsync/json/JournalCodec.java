package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decisions of one plan about one link as a journal entry, their values apart from the rest. Immutable. */
public final class JournalCodec {
    /** The kind of an entry that holds decisions. */
    public static final String DECISION = "decision";

    private static final int FORMAT = 1;

    private static final String DECISIONS = "d";
    private static final String RULES = "h";
    private static final Set<String> KEYS = Set.of(Json.FORMAT_KEY, DECISIONS, RULES);

    private static final String SYSTEM = "y";
    private static final String FIELD = "f";
    private static final String REASON = "r";
    private static final String RULE = "u";
    private static final String AS_OF = "t";
    private static final String STANCE = "s";
    private static final String SAW = "w";
    private static final String BEFORE = "b";
    private static final String AFTER = "a";

    private final ValueJson values = new ValueJson(Texts.IN_PLACE);

    /** Makes the codec. */
    public JournalCodec() {}

    /**
     * Writes decisions of one plan.
     *
     * @param decisions decisions about one link, of one sequence number; at least one
     * @return the entry
     */
    public JournalEntry encode(List<Decision> decisions) {
        Decision first = decisions.get(0);
        ArrayNode skeletons = Json.array();
        ArrayNode personal = Json.array();
        boolean any = false;
        for (Decision decision : decisions) {
            skeletons.add(skeleton(decision));
            ObjectNode own = personal(decision);
            personal.add(own);
            any |= !own.isEmpty();
        }
        ObjectNode skeleton = Json.document(FORMAT);
        skeleton.put(RULES, first.rulesHash()).set(DECISIONS, skeletons);
        ObjectNode apart = Json.document(FORMAT);
        apart.set(DECISIONS, personal);
        return new JournalEntry(
                first.link(), first.seq(), first.at(), DECISION, Json.bytes(skeleton), any ? Json.bytes(apart) : null);
    }

    static ObjectNode skeleton(Decision decision) {
        ObjectNode node = Json.object().put(SYSTEM, decision.system());
        if (decision.field() != null) {
            node.put(FIELD, decision.field());
        }
        node.put(REASON, decision.reason().name());
        if (decision.rule() != null) {
            node.put(RULE, decision.rule());
        }
        if (decision.asOf() != null) {
            Json.asOf(node.putArray(AS_OF), decision.asOf());
        }
        if (decision.stance() != null) {
            node.put(STANCE, decision.stance().name());
        }
        return node;
    }

    ObjectNode personal(Decision decision) {
        ObjectNode node = Json.object();
        put(node, SAW, decision.saw());
        put(node, BEFORE, decision.before());
        put(node, AFTER, decision.after());
        return node;
    }

    private void put(ObjectNode node, String key, @Nullable Value value) {
        if (value != null) {
            node.set(key, values.write(value));
        }
    }

    /**
     * Reads decisions.
     *
     * @param entry an entry of kind {@link #DECISION}
     * @return the decisions, in order; without values when these were erased
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the entry is damaged or of a newer version
     */
    public List<Decision> decode(JournalEntry entry) {
        String what = "journal entry " + entry.seq() + " of link " + entry.link();
        JsonNode skeleton = Json.read(entry.skeleton(), FORMAT, what);
        Json.onlyKeys(skeleton, KEYS, what);
        Bytes kept = entry.values();
        JsonNode personal =
                kept == null ? Json.array() : Json.read(kept, FORMAT, what).path(DECISIONS);
        List<Decision> decisions = new ArrayList<>();
        JsonNode all = skeleton.path(DECISIONS);
        for (int i = 0; i < all.size(); i++) {
            decisions.add(decision(
                    entry.link(),
                    entry.seq(),
                    entry.at(),
                    all.get(i),
                    personal.path(i),
                    skeleton.path(RULES).asText()));
        }
        return List.copyOf(decisions);
    }

    Decision decision(String link, long seq, Instant at, JsonNode node, JsonNode personal, String rulesHash) {
        AsOf asOf = node.has(AS_OF)
                ? Json.asOf(node.path(AS_OF).path(0), node.path(AS_OF).path(1))
                : null;
        return new Decision(
                link,
                seq,
                at,
                node.path(SYSTEM).asText(),
                Json.textOrNull(node.path(FIELD)),
                Json.constant(Reason.class, node.path(REASON).asText()),
                Json.textOrNull(node.path(RULE)),
                asOf,
                value(personal.path(SAW)),
                value(personal.path(BEFORE)),
                value(personal.path(AFTER)),
                node.has(STANCE) ? Json.constant(Stance.class, node.path(STANCE).asText()) : null,
                rulesHash);
    }

    private @Nullable Value value(JsonNode node) {
        return node.isMissingNode() ? null : values.readValue(node);
    }
}
