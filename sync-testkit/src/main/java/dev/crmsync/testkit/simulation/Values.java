package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What people type into one vendor's forms: new values, other spellings of old ones, blanks and nothing at all. */
final class Values {
    private static final List<String> GIVEN = List.of("Ana", "Budi", "Mary Ann", "李", "Søren", "ana");
    private static final List<String> FAMILY = List.of("Lee", "Santoso", "van der Berg-Oosterhuis", "", "明");
    private static final List<String> TAGS = List.of("vip", "new", "cold", "Ünïcode");
    private static final List<String> KEYS = List.of("city", "tier", "note");
    private static final List<String> TEXTS = List.of("Bandung", "gold", " gold ", "x", "", "Paris 🌴");

    private final Dice dice;
    private final Shape shape;

    Values(Dice dice, Shape shape) {
        this.dice = dice;
        this.shape = shape;
    }

    Map<String, NativeValue> person(int number) {
        Map<String, NativeValue> all = new TreeMap<>(named(dice.of(GIVEN), dice.of(FAMILY)));
        if (dice.chance(80)) {
            all.put(Shape.EMAIL, NativeValue.text("p" + number + "@toy.test"));
        }
        if (dice.chance(70)) {
            all.put(Shape.PHONE, NativeValue.text("+62812" + (1_000_000 + number)));
        }
        if (dice.chance(50)) {
            all.put(Shape.LABELS, tags(new TreeSet<>(List.of(dice.of(TAGS), dice.of("vip", "old")))));
        }
        if (dice.chance(50)) {
            all.put(Shape.BAG, new NativeValue.Entries(Map.of(dice.of(KEYS), NativeValue.text(dice.of(TEXTS)))));
        }
        return all;
    }

    private Map<String, NativeValue> named(String given, String family) {
        if (shape.nameParts()) {
            return Map.of(Shape.FIRST, NativeValue.text(given), Shape.LAST, NativeValue.text(family));
        }
        return Map.of(Shape.NAME, NativeValue.text((given + " " + family).strip()));
    }

    Map<String, NativeValue> name(ToyRecord record) {
        if (dice.chance(10)) {
            return shape.nameParts()
                    ? Map.of(Shape.FIRST, NativeValue.EMPTY, Shape.LAST, NativeValue.EMPTY)
                    : Map.of(Shape.NAME, dice.chance(50) ? NativeValue.EMPTY : NativeValue.text(""));
        }
        if (dice.chance(15)) {
            String property = shape.nameParts() ? Shape.FIRST : Shape.NAME;
            return Map.of(property, spelled(record.properties.getOrDefault(property, NativeValue.EMPTY)));
        }
        if (shape.nameParts() && dice.chance(30)) {
            return Map.of(Shape.LAST, NativeValue.text(dice.of(FAMILY)));
        }
        return named(dice.of(GIVEN) + (dice.chance(30) ? " " + dice.below(9) : ""), dice.of(FAMILY));
    }

    /** The same words with other blanks around them. */
    private NativeValue spelled(NativeValue value) {
        return value instanceof NativeValue.Text text
                ? NativeValue.text(" " + text.text().strip() + " ")
                : value;
    }

    Map<String, NativeValue> email(ToyRecord record, NativeValue strangers) {
        NativeValue held = record.properties.getOrDefault(Shape.EMAIL, NativeValue.EMPTY);
        if (!(strangers instanceof NativeValue.Empty)) {
            return Map.of(Shape.EMAIL, strangers);
        }
        if (dice.chance(12)) {
            return Map.of(Shape.EMAIL, NativeValue.EMPTY);
        }
        if (dice.chance(20) && held instanceof NativeValue.Text text) {
            return Map.of(Shape.EMAIL, NativeValue.text(text.text().toUpperCase(Locale.ROOT)));
        }
        return Map.of(Shape.EMAIL, NativeValue.text("m" + dice.below(100_000) + "@Toy.test"));
    }

    Map<String, NativeValue> phone(ToyRecord record) {
        NativeValue held = record.properties.getOrDefault(Shape.PHONE, NativeValue.EMPTY);
        if (dice.chance(12)) {
            return Map.of(Shape.PHONE, dice.chance(50) ? NativeValue.EMPTY : NativeValue.text(""));
        }
        if (dice.chance(25)
                && held instanceof NativeValue.Text text
                && text.text().startsWith("+62")) {
            String national = text.text().substring(3);
            return Map.of(Shape.PHONE, NativeValue.text("0" + national.substring(0, 3) + "-" + national.substring(3)));
        }
        return Map.of(Shape.PHONE, NativeValue.text("+62813" + dice.between(1_000_000, 9_999_999)));
    }

    Map<String, NativeValue> labels(ToyRecord record) {
        TreeSet<String> tags = new TreeSet<>(held(record.properties.get(Shape.LABELS)));
        if (dice.chance(7)) {
            tags.clear();
        }
        String tag = dice.of(TAGS);
        if (!tags.add(tag)) {
            tags.remove(tag);
        }
        if (dice.chance(20)) {
            tags.add(dice.of("old", "vip"));
        }
        return Map.of(Shape.LABELS, tags(tags));
    }

    private static List<String> held(@Nullable NativeValue value) {
        if (value instanceof NativeValue.Items items) {
            List<String> tags = new ArrayList<>();
            items.items().forEach(item -> {
                if (item instanceof NativeValue.Text text) {
                    tags.add(text.text());
                }
            });
            return tags;
        }
        return value instanceof NativeValue.Text text && !text.text().isEmpty()
                ? List.of(text.text().split(";"))
                : List.of();
    }

    private NativeValue tags(SortedSet<String> tags) {
        if (shape.labelText()) {
            return tags.isEmpty() ? NativeValue.EMPTY : NativeValue.text(String.join(";", tags));
        }
        List<NativeValue> items = new ArrayList<>();
        tags.forEach(tag -> items.add(NativeValue.text(tag)));
        return new NativeValue.Items(items);
    }

    Map<String, NativeValue> bag() {
        Map<String, NativeValue> keys = new TreeMap<>();
        keys.put(dice.of(KEYS), dice.chance(20) ? NativeValue.EMPTY : NativeValue.text(dice.of(TEXTS)));
        if (dice.chance(25)) {
            keys.put(dice.of(KEYS), NativeValue.text(dice.of(TEXTS)));
        }
        return Map.of(Shape.BAG, new NativeValue.Entries(keys));
    }
}
