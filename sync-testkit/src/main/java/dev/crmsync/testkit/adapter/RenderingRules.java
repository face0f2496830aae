package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.Access.Readable;
import dev.crmsync.spi.mapping.Access.Writable;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How a system shows values other than they were given, and what becomes of the parts of a whole. */
final class RenderingRules {
    /** Longer than any name, and shorter than what a vendor refuses to read. */
    private static final int LONG = 1_000;

    private RenderingRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A40",
                        ConformanceLevel.DECLARED,
                        "blanks around a value and the case of its letters are kept, or changed as declared",
                        RenderingRules::a40),
                new Rule(
                        "A41",
                        ConformanceLevel.DECLARED,
                        "a long value is kept, refused, or cut where it is declared to be cut",
                        RenderingRules::a41),
                new Rule(
                        "A42",
                        ConformanceLevel.DECLARED,
                        "a phone number in another form is kept as it is, or shown in a form of the same digits",
                        RenderingRules::a42),
                new Rule(
                        "A43",
                        ConformanceLevel.DECLARED,
                        "a rendering that is declared and makes a difference is seen: an undue one takes an edit for an echo",
                        RenderingRules::a43));
    }

    /** Properties that hold one text, can be read and written, and are in the specimen. */
    private static Map<String, FieldMapping> texts(AccountBench bench, FieldType... types) {
        bench.needsReads();
        bench.needsWrites();
        Map<String, NativeValue> sample = bench.specimen.record(bench.next());
        Map<String, FieldMapping> texts = new LinkedHashMap<>();
        for (FieldMapping mapped : bench.mapping.fields()) {
            boolean asked =
                    types.length == 0 || List.of(types).contains(mapped.field().type());
            boolean open = mapped.access().readable() == Readable.BY_READ
                    && mapped.access().writable() != Writable.NEVER;
            if (asked && open && mapped.lens() instanceof Lens.Direct direct) {
                if (sample.get(direct.property()) instanceof NativeValue.Text) {
                    texts.put(direct.property(), mapped);
                }
            } else if (asked && open && mapped.lens() instanceof Lens.Joined joined) {
                joined.properties().stream()
                        .filter(property -> sample.get(property) instanceof NativeValue.Text)
                        .forEach(property -> texts.put(property, mapped));
            }
        }
        if (texts.isEmpty()) {
            throw new NotClaimed("no property of the specimen that holds such a text");
        }
        return texts;
    }

    /** What a read shows of a value that a record was made with, or was given by a change; empty when the vendor refused it. */
    private static Optional<String> shown(AccountBench bench, int number, String property, String value) {
        Map<String, NativeValue> properties = new TreeMap<>(bench.specimen.record(number));
        properties.put(property, NativeValue.text(value));
        Outcome outcome = bench.write(
                bench.creates()
                        ? bench.creating(number, properties)
                        : bench.changing(bench.made(number), Map.of(property, NativeValue.text(value))));
        if (outcome instanceof Outcome.Rejected) {
            return Optional.empty();
        }
        RecordRef record = AccountBench.done(outcome, "a write with another form of " + property)
                .ref();
        NativeValue shown = bench.shown(record).get(property);
        return Optional.of(shown instanceof NativeValue.Text text ? text.text() : "");
    }

    private static String sample(AccountBench bench, int number, String property) {
        return ((NativeValue.Text)
                        Objects.requireNonNull(bench.specimen.record(number).get(property)))
                .text();
    }

    /** The value in other forms that differ by blanks and case. */
    private static List<String> forms(String value) {
        String capital = value.substring(0, 1).toUpperCase(Locale.ROOT)
                + value.substring(1).toLowerCase(Locale.ROOT);
        return List.of(" " + value + "  ", value.toUpperCase(Locale.ROOT), capital);
    }

    private static void a40(AccountBench bench) {
        texts(bench).forEach((property, mapped) -> {
            for (int form = 0; form < 3; form++) {
                int number = bench.next();
                String sent = forms(sample(bench, number, property)).get(form);
                explained(property, mapped, sent, shown(bench, number, property, sent));
            }
        });
    }

    private static void explained(String property, FieldMapping mapped, String sent, Optional<String> shown) {
        if (shown.isPresent()) {
            boolean phone =
                    mapped.field().type() == FieldType.PHONE && digits(sent).equals(digits(shown.get()));
            that(
                    phone || renderings(sent, mapped.renderings()).contains(shown.get()),
                    property + " was given as '" + brief(sent) + "' and is shown as '" + brief(shown.get())
                            + "', which " + mapped.renderings() + " does not explain");
        }
    }

    private static String brief(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "… of " + text.length() : text;
    }

    /** All that the declared families make of a value, alone and together. */
    private static Set<String> renderings(String sent, List<Rendering> declared) {
        Set<String> all = new LinkedHashSet<>(Set.of(sent));
        for (int round = 0; round < declared.size(); round++) {
            for (String value : List.copyOf(all)) {
                declared.forEach(rendering -> all.add(rendered(value, rendering)));
            }
        }
        return all;
    }

    private static String rendered(String value, Rendering rendering) {
        return switch (rendering.family()) {
            case TRIMMED -> value.strip();
            case LOWER_CASED -> value.toLowerCase(Locale.ROOT);
            case CUT -> value.substring(0, Math.min(value.length(), rendering.length()));
        };
    }

    private static String longer(String value, int length) {
        int at = value.indexOf('@') < 0 ? value.length() : value.indexOf('@');
        return value.substring(0, at) + "x".repeat(Math.max(0, length - value.length())) + value.substring(at);
    }

    private static void a41(AccountBench bench) {
        texts(bench, FieldType.TEXT, FieldType.BAG_ENTRY).forEach((property, mapped) -> {
            int number = bench.next();
            String sent = longer(sample(bench, number, property), LONG);
            explained(property, mapped, sent, shown(bench, number, property, sent));
        });
    }

    private static void a42(AccountBench bench) {
        texts(bench, FieldType.PHONE).forEach((property, mapped) -> {
            int number = bench.next();
            String value = sample(bench, number, property);
            String sent = value.substring(0, 3) + " " + value.substring(3, 6) + "-" + value.substring(6);
            Optional<String> shown = shown(bench, number, property, sent);
            that(
                    shown.isEmpty() || digits(shown.get()).equals(digits(sent)),
                    property + " was given as " + sent + " and is shown as " + shown.orElse(""));
        });
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private static void a43(AccountBench bench) {
        boolean any = false;
        for (Map.Entry<String, FieldMapping> one : texts(bench).entrySet()) {
            String property = one.getKey();
            for (Rendering rendering : one.getValue().renderings()) {
                if (equated(one.getValue().field().type(), rendering)) {
                    continue;
                }
                any = true;
                int number = bench.next();
                String sent = provoking(sample(bench, number, property), rendering);
                Optional<String> shown = shown(bench, number, property, sent);
                that(
                        shown.isEmpty() || !shown.get().equals(sent),
                        property + " is declared to be shown " + rendering.family() + ", and is shown as it was given");
            }
        }
        if (!any) {
            throw new NotClaimed("no rendering is declared that makes a difference");
        }
    }

    /** Whether the canonical form of such a field makes no difference between a value and its rendering. */
    private static boolean equated(FieldType type, Rendering rendering) {
        return (type == FieldType.EMAIL || type == FieldType.PHONE) && rendering.family() != Rendering.Family.CUT;
    }

    private static String provoking(String value, Rendering rendering) {
        return switch (rendering.family()) {
            case TRIMMED -> " " + value + " ";
            case LOWER_CASED -> value.toUpperCase(Locale.ROOT);
            case CUT -> longer(value, rendering.length() + 1);
        };
    }
}
