package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.identity.Situation;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of identity as an entry of the identity log, with the situation in which they were decided. The values by which
 * records recognised each other are kept apart from the rest. Immutable.
 */
public final class IdentityCodec {
    /** The kind of an entry that holds changes of identity. */
    public static final String IDENTITY = "identity";

    private static final int FORMAT = 1;

    private static final String CHANGES = "changes";
    private static final String EVENT = "event";
    private static final String OWNERS = "owners";
    private static final String MATCHES = "matches";
    private static final Set<String> KEYS = Set.of(Json.FORMAT_KEY, CHANGES, EVENT, OWNERS, MATCHES);

    private final ValueJson values = new ValueJson(Texts.IN_PLACE);

    /** Makes the codec. */
    public IdentityCodec() {}

    /**
     * Writes changes.
     *
     * @param link the link whose log they are appended to
     * @param seq the sequence number of the last of them
     * @param at when
     * @param changes the changes, in order
     * @param situation what was known when they were decided, or null when a person decided
     * @return the entry
     */
    public JournalEntry encode(
            String link, long seq, Instant at, List<IdentityChange> changes, @Nullable Situation situation) {
        ObjectNode skeleton = Json.document(FORMAT);
        ObjectNode personal = Json.document(FORMAT);
        ArrayNode written = skeleton.putArray(CHANGES);
        ArrayNode suspected = personal.putArray(CHANGES);
        boolean any = false;
        for (IdentityChange change : changes) {
            written.add(write(change));
            boolean bears = change instanceof IdentityChange.Suspected;
            suspected.add(
                    change instanceof IdentityChange.Suspected suspicion
                            ? values.write(suspicion.value())
                            : Json.nothing());
            any |= bears;
        }
        if (situation != null) {
            any |= write(situation, skeleton, personal);
        }
        return new JournalEntry(link, seq, at, IDENTITY, Json.bytes(skeleton), any ? Json.bytes(personal) : null);
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
     * Reads changes.
     *
     * @param entry an entry of kind {@link #IDENTITY}
     * @return the changes, in order; what raised a suspicion is empty when it was erased
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the entry is damaged or of a newer version
     */
    public List<IdentityChange> decode(JournalEntry entry) {
        String what = "identity entry " + entry.seq() + " of link " + entry.link();
        JsonNode skeleton = Json.read(entry.skeleton(), FORMAT, what);
        Json.onlyKeys(skeleton, KEYS, what);
        Bytes kept = entry.values();
        JsonNode personal =
                kept == null ? Json.array() : Json.read(kept, FORMAT, what).path(CHANGES);
        List<IdentityChange> changes = new ArrayList<>();
        JsonNode all = skeleton.path(CHANGES);
        for (int i = 0; i < all.size(); i++) {
            changes.add(change(all.get(i), personal.path(i), what));
        }
        return List.copyOf(changes);
    }

    private static ArrayNode write(IdentityChange change) {
        ArrayNode node = Json.array().add(change.getClass().getSimpleName());
        if (change instanceof IdentityChange.Born born) {
            node.add(born.link()).add(Json.ref(born.ref()));
        } else if (change instanceof IdentityChange.Attached attached) {
            node.add(attached.link()).add(Json.ref(attached.ref())).add(attached.evidence());
        } else if (change instanceof IdentityChange.Mentioned mentioned) {
            node.add(mentioned.link()).add(Json.ref(mentioned.ref()));
        } else if (change instanceof IdentityChange.Rekeyed rekeyed) {
            node.add(rekeyed.link()).add(Json.ref(rekeyed.from())).add(Json.ref(rekeyed.to()));
        } else if (change instanceof IdentityChange.Suspected suspected) {
            ArrayNode candidates = Json.array();
            suspected.candidates().forEach(candidates::add);
            node.add(suspected.link()).add(candidates).add(suspected.field());
        } else if (change instanceof IdentityChange.Joined joined) {
            node.add(joined.into()).add(joined.from());
        } else if (change instanceof IdentityChange.Merged merged) {
            node.add(merged.into())
                    .add(merged.from())
                    .add(Json.ref(merged.gone()))
                    .add(Json.ref(merged.survivor()));
        } else if (change instanceof IdentityChange.Converted converted) {
            node.add(converted.link()).add(Json.ref(converted.from())).add(Json.ref(converted.to()));
        } else if (change instanceof IdentityChange.Split split) {
            node.add(split.link()).add(Json.ref(split.ref())).add(split.own());
        } else if (change instanceof IdentityChange.Unlinked unlinked) {
            node.add(unlinked.link()).add(Json.ref(unlinked.ref())).add(unlinked.own());
        } else if (change instanceof IdentityChange.Followed followed) {
            node.add(followed.link()).add(Json.ref(followed.ref()));
        } else if (change instanceof IdentityChange.Separated separated) {
            node.add(separated.link()).add(separated.other());
        }
        return node;
    }

    private IdentityChange change(JsonNode node, JsonNode personal, String what) {
        String link = node.path(1).asText();
        return switch (node.path(0).asText()) {
            case "Born" -> new IdentityChange.Born(link, Json.ref(node.path(2)));
            case "Attached" ->
                new IdentityChange.Attached(
                        link, Json.ref(node.path(2)), node.path(3).asText());
            case "Mentioned" -> new IdentityChange.Mentioned(link, Json.ref(node.path(2)));
            case "Rekeyed" -> new IdentityChange.Rekeyed(link, Json.ref(node.path(2)), Json.ref(node.path(3)));
            case "Suspected" -> {
                List<String> candidates = new ArrayList<>();
                node.path(2).forEach(candidate -> candidates.add(candidate.asText()));
                Value value = personal.isMissingNode() ? Value.EMPTY : values.readValue(personal);
                yield new IdentityChange.Suspected(
                        link, candidates, node.path(3).asText(), value);
            }
            case "Joined" -> new IdentityChange.Joined(link, node.path(2).asText());
            case "Merged" ->
                new IdentityChange.Merged(link, node.path(2).asText(), Json.ref(node.path(3)), Json.ref(node.path(4)));
            case "Converted" -> new IdentityChange.Converted(link, Json.ref(node.path(2)), Json.ref(node.path(3)));
            case "Split" ->
                new IdentityChange.Split(
                        link, Json.ref(node.path(2)), node.path(3).asText());
            case "Unlinked" ->
                new IdentityChange.Unlinked(
                        link, Json.ref(node.path(2)), node.path(3).asText());
            case "Followed" -> new IdentityChange.Followed(link, Json.ref(node.path(2)));
            case "Separated" -> new IdentityChange.Separated(link, node.path(2).asText());
            default ->
                throw Json.unreadable(
                        what + " holds a '" + node.path(0).asText()
                                + "', which this version of crm-sync does not know; run the version that wrote it, or a newer one");
        };
    }
}
