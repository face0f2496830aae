package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Settling;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.store.LinkRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A link's beliefs as the document of its row. It knows nothing of mappings, so that a changed mapping needs no
 * migration. Id, type, version and rules hash are columns of the row and not repeated in the document. Immutable.
 */
public final class LinkCodec {
    private static final int FORMAT = 1;

    private static final String NAMES = "n";
    private static final String TEXTS = "t";
    private static final String AGREED = "a";
    private static final String SIDES = "s";
    private static final String APART = "x";
    private static final String JOINED = "j";
    private static final String ERASED = "e";
    private static final Set<String> KEYS = Set.of(Json.FORMAT_KEY, NAMES, TEXTS, AGREED, SIDES, APART, JOINED, ERASED);

    /** Makes the codec. */
    public LinkCodec() {}

    /**
     * Writes a link.
     *
     * @param link the link
     * @return its row, of the version that is its sequence number
     */
    public LinkRow encode(LinkState link) {
        return new LinkRow(link.id(), link.type(), link.seq(), link.rulesHash(), Json.bytes(write(link)));
    }

    ObjectNode write(LinkState link) {
        Texts.Table names = new Texts.Table();
        Texts.Table texts = new Texts.Table();
        ObjectNode node = Json.document(FORMAT);
        ArrayNode agreed = agreed(link, names, texts);
        ObjectNode sides = Json.object();
        SideJson side = new SideJson(names, texts);
        link.sides().forEach((system, belief) -> sides.set(system, side.write(belief)));
        node.set(NAMES, names.node());
        node.set(TEXTS, texts.node());
        node.set(AGREED, agreed);
        node.set(SIDES, sides);
        if (!link.apart().isEmpty()) {
            ArrayNode apart = node.putArray(APART);
            link.apart().forEach(apart::add);
        }
        if (link.joinedInto() != null) {
            node.put(JOINED, link.joinedInto());
        }
        if (link.erased()) {
            node.put(ERASED, true);
        }
        return node;
    }

    /**
     * Reads a link.
     *
     * @param row its row
     * @return the link; its sequence number is the row's version
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the document is damaged or of a newer version
     */
    public LinkState decode(LinkRow row) {
        String what = "the document of link " + row.id();
        return read(
                row.id(), row.type(), row.version(), row.rulesHash(), Json.read(row.document(), FORMAT, what), what);
    }

    LinkState read(String id, String type, long version, String rulesHash, JsonNode node, String what) {
        Json.onlyKeys(node, KEYS, what);
        Texts names = new Texts.Written(node.path(NAMES));
        Texts texts = new Texts.Written(node.path(TEXTS));
        SideJson side = new SideJson(names, texts);
        TreeMap<String, Side> sides = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path(SIDES).properties()) {
            sides.put(entry.getKey(), side.read(entry.getValue()));
        }
        TreeSet<String> apart = new TreeSet<>();
        node.path(APART).forEach(other -> apart.add(other.asText()));
        return new LinkState(
                id,
                type,
                version,
                rulesHash,
                agreed(node.path(AGREED), names, texts),
                sides,
                apart,
                Json.textOrNull(node.path(JOINED)),
                node.path(ERASED).asBoolean());
    }

    /** Agreed values grouped by what supplied them, and when. */
    private static ArrayNode agreed(LinkState link, Texts names, Texts texts) {
        ValueJson values = new ValueJson(texts);
        Map<String, ArrayNode> groups = new LinkedHashMap<>();
        link.agreed()
                .forEach((field, agreed) -> groups.computeIfAbsent(
                                agreed.seq() + " " + agreed.system() + " " + agreed.written() + " " + agreed.settling(),
                                supply -> supply(agreed, names))
                        .add(names.write(field))
                        .add(values.write(agreed.value())));
        ArrayNode all = Json.array();
        groups.values().forEach(all::add);
        return all;
    }

    /**
     * What a group begins with: the system and the sequence number. Of the few that have more, the number, since when and until
     * when it settles, and between when and when it was entered.
     */
    private static ArrayNode supply(Agreed agreed, Texts names) {
        ArrayNode group = Json.array().add(names.write(agreed.system()));
        AsOf written = agreed.written();
        Settling settling = agreed.settling();
        if (written == null && settling == null) {
            return group.add(agreed.seq());
        }
        ArrayNode more = group.addArray().add(agreed.seq());
        if (settling == null) {
            more.add(Json.nothing());
        } else {
            more.addArray().add(Json.time(settling.since())).add(Json.time(settling.until()));
        }
        if (written != null) {
            Json.asOf(more, written);
        }
        return group;
    }

    private static SortedMap<String, Agreed> agreed(JsonNode groups, Texts names, Texts texts) {
        ValueJson values = new ValueJson(texts);
        TreeMap<String, Agreed> agreed = new TreeMap<>();
        for (JsonNode group : groups) {
            String system = names.read(group.path(0));
            JsonNode supplied = group.path(1);
            long seq = (supplied.isArray() ? supplied.path(0) : supplied).longValue();
            JsonNode settles = supplied.path(1);
            Settling settling =
                    settles.isArray() ? new Settling(Json.time(settles.path(0)), Json.time(settles.path(1))) : null;
            AsOf written = supplied.size() > 2 ? Json.asOf(supplied.path(2), supplied.path(3)) : null;
            for (int i = 2; i + 1 < group.size(); i += 2) {
                agreed.put(
                        names.read(group.get(i)),
                        new Agreed(values.readValue(group.get(i + 1)), system, seq, written, settling));
            }
        }
        return agreed;
    }
}
