package dev.crmsync.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.Access.Readable;
import dev.crmsync.spi.mapping.Access.Writable;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import java.util.ArrayList;
import java.util.List;

/**
 * Mappings as documents that people write and keep under version control, with the same power as mappings in Java. What is
 * written reads back as an equal mapping. Immutable and thread-safe.
 */
public final class MappingCodec {
    /** The format of the documents that are written, and the only one that is read. */
    public static final int FORMAT = 1;

    private static final List<String> BESIDE = List.of("is", "lens", "readable", "writable", "shown");

    /** Makes the codec. */
    public MappingCodec() {}

    /**
     * Writes a mapping.
     *
     * @param mapping the mapping
     * @return JSON with one member a line
     */
    public String encode(Mapping mapping) {
        return Place.pretty(write(mapping));
    }

    static ObjectNode write(Mapping mapping) {
        ObjectNode root = Json.object().put("format", FORMAT).put("type", mapping.type());
        ObjectNode fields = root.putObject("fields");
        mapping.fields().forEach(mapped -> fields.set(mapped.field().name(), field(mapped)));
        if (mapping.externalId() != null) {
            root.put("externalId", mapping.externalId());
        }
        if (!mapping.required().isEmpty()) {
            ObjectNode required = root.putObject("required");
            mapping.required().forEach(field -> required.set(field.name(), FieldJson.write(field)));
        }
        return root;
    }

    private static ObjectNode field(FieldMapping mapped) {
        ObjectNode node = Json.object();
        node.set("is", FieldJson.write(mapped.field()));
        node.setAll(LensJson.write(mapped.lens()));
        if (!mapped.access().equals(Access.READ_WRITE)) {
            node.put("readable", Place.word(mapped.access().readable()))
                    .put("writable", Place.word(mapped.access().writable()));
        }
        if (!mapped.renderings().isEmpty()) {
            ArrayNode shown = node.putArray("shown");
            mapped.renderings()
                    .forEach(rendering -> shown.add(
                            rendering.family() == Rendering.Family.CUT
                                    ? Json.object().put("cut", rendering.length())
                                    : Json.text(Place.word(rendering.family()))));
        }
        return node;
    }

    /**
     * Reads a mapping.
     *
     * @param text the document
     * @return the mapping
     * @throws dev.crmsync.spi.SyncException of kind CONFIGURATION that names the place in the document and the remedy
     */
    public Mapping decode(String text) {
        Place root = Place.read("the mapping", text, FORMAT).only("format", "type", "fields", "externalId", "required");
        List<FieldMapping> fields = new ArrayList<>();
        root.needed("fields").members().forEach((name, place) -> fields.add(field(name, place)));
        List<Field> required = new ArrayList<>();
        Place needed = root.member("required");
        if (needed != null) {
            needed.members().forEach((name, place) -> required.add(FieldJson.read(name, place)));
        }
        return root.building(() -> new Mapping(root.text("type"), fields, root.textOrNull("externalId"), required));
    }

    private static FieldMapping field(String name, Place place) {
        List<String> known = new ArrayList<>(BESIDE);
        known.addAll(LensJson.members(place));
        place.only(known.toArray(String[]::new));
        Field field = FieldJson.read(name, place.needed("is"));
        Lens lens = LensJson.read(place);
        Access access = new Access(
                place.constant("readable", Readable.class, Readable.BY_READ),
                place.constant("writable", Writable.class, Writable.PATCHED));
        List<Rendering> shown = new ArrayList<>();
        Place families = place.member("shown");
        if (families != null) {
            families.items().forEach(family -> shown.add(rendering(family)));
        }
        return place.building(() -> new FieldMapping(field, lens, access, shown));
    }

    private static Rendering rendering(Place place) {
        if (place.isText()) {
            Rendering.Family family = place.constant(Rendering.Family.class);
            return place.building(() -> new Rendering(family, 0));
        }
        int length = place.only("cut").whole("cut");
        return place.building(() -> Rendering.cut(length));
    }
}
