package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.identity.Situation;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Composition;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.store.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of identity as an entry of the identity log: with the situation in which they were decided, or what else has brought
 * them about, and with the records of which the link consisted before and after. The values by which records recognised each
 * other are kept apart from the rest. What was written without causes and records is still read. Immutable.
 */
public final class IdentityCodec {
    /** The kind of an entry that holds changes of identity. */
    public static final String IDENTITY = "identity";

    /** Without causes and records; nor were claims, confirmations, deletions, undeletions and erasures written down. */
    private static final int CHANGES_ALONE = 1;

    private static final int FORMAT = 2;

    private static final String CHANGES = "changes";
    private static final String EVENT = "event";
    private static final String OWNERS = "owners";
    private static final String MATCHES = "matches";
    private static final String BY = "by";
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String SAME = "same";
    private static final Set<String> KEYS =
            Set.of(Json.FORMAT_KEY, CHANGES, EVENT, OWNERS, MATCHES, BY, BEFORE, AFTER, SAME);

    private final ValueJson values = new ValueJson(Texts.IN_PLACE);
    private final ChangeJson changesJson = new ChangeJson(values);

    /** Makes the codec. */
    public IdentityCodec() {}

    /**
     * Writes a step.
     *
     * @param step the step
     * @param situation what was known when its changes were decided, or null when something else than an event has brought them
     *     about
     * @return the entry
     */
    public JournalEntry encode(IdentityStep step, @Nullable Situation situation) {
        ObjectNode skeleton = Json.document(FORMAT);
        ObjectNode personal = Json.document(FORMAT);
        ArrayNode written = skeleton.putArray(CHANGES);
        ArrayNode suspected = personal.putArray(CHANGES);
        boolean any = false;
        for (IdentityChange change : step.changes()) {
            written.add(ChangeJson.write(change));
            boolean bears = change instanceof IdentityChange.Suspected;
            suspected.add(
                    change instanceof IdentityChange.Suspected suspicion
                            ? values.write(suspicion.value())
                            : Json.nothing());
            any |= bears;
        }
        if (situation != null) {
            any |= write(situation, skeleton, personal);
        } else if (step.cause() != null) {
            skeleton.set(BY, CompositionJson.write(step.cause()));
        }
        Composition after = step.after();
        if (after != null) {
            skeleton.set(AFTER, CompositionJson.write(after));
        }
        if (step.before() != null && step.before().equals(after)) {
            skeleton.put(SAME, true);
        } else if (step.before() != null) {
            skeleton.set(BEFORE, CompositionJson.write(step.before()));
        }
        return new JournalEntry(
                step.link(), step.seq(), step.at(), IDENTITY, Json.bytes(skeleton), any ? Json.bytes(personal) : null);
    }

    private boolean write(Situation situation, ObjectNode skeleton, ObjectNode personal) {
        skeleton.putArray(EVENT)
                .add(Json.ref(situation.event().ref()))
                .add(situation.event().kind().name());
        ArrayNode owners = skeleton.putArray(OWNERS);
        situation.owners().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        owner -> owners.addArray().add(Json.ref(owner.getKey())).add(owner.getValue()));
        ArrayNode matches = skeleton.putArray(MATCHES);
        ArrayNode matched = personal.putArray(MATCHES);
        situation.matches().forEach((match, bearers) -> {
            ArrayNode one = matches.addArray().add(match.field());
            bearers.forEach(one::add);
            matched.add(values.write(match.value()));
        });
        return !situation.matches().isEmpty();
    }

    /**
     * Reads a step.
     *
     * @param entry an entry of kind {@link #IDENTITY}
     * @return the step; what raised a suspicion is empty when it was erased
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the entry is damaged or of a newer version
     */
    public IdentityStep decode(JournalEntry entry) {
        String what = "identity entry " + entry.seq() + " of link " + entry.link();
        JsonNode skeleton = Json.read(entry.skeleton(), CHANGES_ALONE, FORMAT, what);
        Json.onlyKeys(skeleton, KEYS, what);
        Bytes kept = entry.values();
        JsonNode personal = kept == null
                ? Json.array()
                : Json.read(kept, CHANGES_ALONE, FORMAT, what).path(CHANGES);
        List<IdentityChange> changes = new ArrayList<>();
        JsonNode all = skeleton.path(CHANGES);
        for (int i = 0; i < all.size(); i++) {
            changes.add(changesJson.read(all.get(i), personal.path(i), what));
        }
        Composition after = CompositionJson.composition(skeleton.path(AFTER));
        Composition before =
                skeleton.path(SAME).asBoolean() ? after : CompositionJson.composition(skeleton.path(BEFORE));
        return new IdentityStep(entry.link(), entry.seq(), entry.at(), changes, cause(skeleton), before, after);
    }

    private static @Nullable Cause cause(JsonNode skeleton) {
        JsonNode event = skeleton.path(EVENT);
        if (!event.isArray()) {
            return CompositionJson.cause(skeleton.path(BY));
        }
        ChangeKind kind = Json.constant(ChangeKind.class, event.path(1).asText());
        return new Cause(Cause.By.EVENT, Json.ref(event.path(0)).system(), kind);
    }
}
