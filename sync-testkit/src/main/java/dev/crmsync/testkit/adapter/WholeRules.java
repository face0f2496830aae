package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.Access.Readable;
import dev.crmsync.spi.mapping.Access.Writable;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What becomes of the parts of a property that holds several. */
final class WholeRules {
    private WholeRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A44",
                        ConformanceLevel.DECLARED,
                        "where a whole is replaced, exactly what is written stands there",
                        WholeRules::a44),
                new Rule(
                        "A45",
                        ConformanceLevel.DECLARED,
                        "where a bag is patched, keys that are not written stay, and a cleared one goes",
                        WholeRules::a45));
    }

    /** Mapped wholes with their lenses, by access. */
    private static Map<String, Lens> wholes(AccountBench bench, Writable writable) {
        bench.needsReads();
        bench.needsWrites();
        Map<String, Lens> wholes = new LinkedHashMap<>();
        for (FieldMapping mapped : bench.mapping.fields()) {
            boolean asked = mapped.access().readable() == Readable.BY_READ
                    && mapped.access().writable() == writable;
            boolean whole = EnumSet.of(FieldType.MEMBERS, FieldType.BAG)
                    .contains(mapped.field().type());
            if (asked && whole) {
                wholes.put(mapped.lens().properties().get(0), mapped.lens());
            }
        }
        return wholes;
    }

    private static void a44(AccountBench bench) {
        Map<String, Lens> wholes = wholes(bench, Writable.REPLACED);
        if (wholes.isEmpty()) {
            throw new NotClaimed("no whole is replaced that can be read");
        }
        wholes.forEach((property, lens) -> {
            RecordRef record = bench.made();
            bench.change(record, Map.of(property, whole(lens, false, "kit-a", "kit-b")));
            equalWhole(bench, record, property, lens, "kit-a", "kit-b");
            bench.change(record, Map.of(property, whole(lens, true, "kit-b", "kit-c")));
            equalWhole(bench, record, property, lens, "kit-b", "kit-c");
        });
    }

    /** A whole of two parts; a bag names what is to go, as the engine does. */
    private static NativeValue whole(Lens lens, boolean clearing, String one, String two) {
        if (lens instanceof Lens.Delimited delimited) {
            return NativeValue.text(one + delimited.separator() + two);
        } else if (lens instanceof Lens.BagOf) {
            Map<String, NativeValue> bag = new TreeMap<>();
            bag.put(one, NativeValue.text("1"));
            bag.put(two, NativeValue.text("2"));
            if (clearing) {
                bag.put("kit-a", NativeValue.EMPTY);
            }
            return new NativeValue.Entries(bag);
        }
        return new NativeValue.Items(List.of(NativeValue.text(one), NativeValue.text(two)));
    }

    private static void equalWhole(
            AccountBench bench, RecordRef record, String property, Lens lens, String... expected) {
        Set<String> parts = new TreeSet<>(parts(bench.shown(record).get(property), lens));
        Set<String> wanted = new TreeSet<>(List.of(expected));
        if (lens instanceof Lens.BagOf) {
            // A bag may hold what the record was made with.
            parts.removeIf(part -> !part.startsWith("kit-"));
        }
        AccountBench.equal(parts, wanted, "the parts of " + property + " after it was written as a whole");
    }

    private static List<String> parts(@Nullable NativeValue value, Lens lens) {
        if (value instanceof NativeValue.Text text && lens instanceof Lens.Delimited delimited) {
            return List.of(text.text().split(Pattern.quote(delimited.separator())));
        } else if (value instanceof NativeValue.Items items) {
            List<String> parts = new ArrayList<>();
            items.items().forEach(item -> parts.add(item instanceof NativeValue.Text text ? text.text() : "?"));
            return parts;
        } else if (value instanceof NativeValue.Entries entries) {
            return entries.entries().entrySet().stream()
                    .filter(entry -> !entry.getValue().isBlank())
                    .map(Map.Entry::getKey)
                    .toList();
        }
        return List.of();
    }

    private static void a45(AccountBench bench) {
        Map<String, Lens> bags = wholes(bench, Writable.PATCHED);
        bags.values().removeIf(lens -> !(lens instanceof Lens.BagOf));
        if (bags.isEmpty()) {
            throw new NotClaimed("no bag is patched that can be read");
        }
        bags.forEach((property, lens) -> {
            RecordRef record = bench.made();
            bench.change(record, Map.of(property, whole(lens, false, "kit-a", "kit-b")));
            bench.change(
                    record,
                    Map.of(
                            property,
                            new NativeValue.Entries(
                                    Map.of("kit-a", NativeValue.EMPTY, "kit-c", NativeValue.text("3")))));
            equalWhole(bench, record, property, lens, "kit-b", "kit-c");
        });
    }
}
