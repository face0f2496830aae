package dev.crmsync.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Lens.TimeFormat;
import java.util.List;

/** Lenses in mapping documents: {@code "lens"} names the lens, its other members are the lens's own. */
final class LensJson {
    private static final List<String> LENSES = List.of(
            "direct", "joined", "coded", "delimited", "listOf", "bagOf", "timestamp", "referenceTo", "referencesTo");

    private LensJson() {}

    static ObjectNode write(Lens lens) {
        ObjectNode node = Json.object();
        if (lens instanceof Lens.Direct direct) {
            node.put("lens", "direct").put("property", direct.property());
        } else if (lens instanceof Lens.Joined joined) {
            ArrayNode properties = node.put("lens", "joined").putArray("properties");
            joined.properties().forEach(properties::add);
            node.put("separator", joined.separator());
        } else if (lens instanceof Lens.Coded coded) {
            ObjectNode codes =
                    node.put("lens", "coded").put("property", coded.property()).putObject("canonicalByNative");
            coded.canonicalByNative().forEach(codes::put);
            if (coded.nativeByCanonical().size() < coded.canonicalByNative().size()) {
                ObjectNode written = node.putObject("nativeByCanonical");
                coded.nativeByCanonical().forEach(written::put);
            }
        } else if (lens instanceof Lens.Delimited delimited) {
            node.put("lens", "delimited").put("property", delimited.property()).put("separator", delimited.separator());
        } else if (lens instanceof Lens.ListOf list) {
            node.put("lens", "listOf").put("property", list.property());
        } else if (lens instanceof Lens.BagOf bag) {
            node.put("lens", "bagOf").put("property", bag.property());
        } else if (lens instanceof Lens.Timestamp time) {
            node.put("lens", "timestamp").put("property", time.property()).put("format", Place.word(time.format()));
        } else if (lens instanceof Lens.ReferenceTo reference) {
            node.put("lens", "referenceTo")
                    .put("property", reference.property())
                    .put("type", reference.type());
        } else if (lens instanceof Lens.ReferencesTo references) {
            node.put("lens", "referencesTo")
                    .put("property", references.property())
                    .put("type", references.type());
        } else {
            throw new IllegalStateException("a lens that has no words: " + lens);
        }
        return node;
    }

    /** The members that a lens of this name has, beside its name. */
    static List<String> members(Place place) {
        Place named = place.needed("lens");
        return switch (named.text()) {
            case "direct", "listOf", "bagOf" -> List.of("property");
            case "joined" -> List.of("properties", "separator");
            case "coded" -> List.of("property", "canonicalByNative", "nativeByCanonical");
            case "delimited" -> List.of("property", "separator");
            case "timestamp" -> List.of("property", "format");
            case "referenceTo", "referencesTo" -> List.of("property", "type");
            default -> throw named.wrong("is '" + named.text() + "' and should be one of " + LENSES);
        };
    }

    static Lens read(Place place) {
        return place.building(() -> switch (place.text("lens")) {
            case "direct" -> new Lens.Direct(place.text("property"));
            case "joined" -> new Lens.Joined(place.texts("properties"), place.text("separator"));
            case "coded" ->
                place.member("nativeByCanonical") != null
                        ? new Lens.Coded(
                                place.text("property"),
                                place.textsByName("canonicalByNative"),
                                place.textsByName("nativeByCanonical"))
                        : new Lens.Coded(place.text("property"), place.textsByName("canonicalByNative"));
            case "delimited" -> new Lens.Delimited(place.text("property"), place.text("separator"));
            case "listOf" -> new Lens.ListOf(place.text("property"));
            case "bagOf" -> new Lens.BagOf(place.text("property"));
            case "timestamp" ->
                new Lens.Timestamp(
                        place.text("property"), place.needed("format").constant(TimeFormat.class));
            case "referenceTo" -> new Lens.ReferenceTo(place.text("property"), place.text("type"));
            case "referencesTo" -> new Lens.ReferencesTo(place.text("property"), place.text("type"));
            default -> throw place.needed("lens").wrong("should be one of " + LENSES);
        });
    }
}
