package dev.crmsync.testkit.check;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.Rendering;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The values of a field that stand for all others: as many full ones as there are systems and one more, so that each can hold
 * another one than everybody else and than what is agreed; nothing; and for each rendering that a system has one that it changes.
 */
final class ValueClasses {
    private final Arena arena;
    private final Field field;
    private final List<String> all;
    private final boolean alike;

    ValueClasses(Arena arena, Field field) {
        this.arena = arena;
        this.field = field;
        boolean said = arena.setting.values.containsKey(field.name());
        List<String> usual = arena.values(field);
        boolean plain = field.type() == FieldType.TEXT || field.type() == FieldType.BAG_ENTRY;
        List<String> classes = new ArrayList<>(usual);
        if (plain && !said) {
            for (int more = usual.size() - 1; more <= arena.systems.size(); more++) {
                classes.add(String.valueOf((char) ('a' + more)));
            }
            renderings().distinct().forEach(rendering -> classes.add(changed(rendering)));
        } else if (field.type() == FieldType.EMAIL && !said) {
            classes.add("B@x.test");
        }
        all = List.copyOf(classes);
        alike = plain && !said && renderings().findAny().isEmpty();
    }

    List<String> all() {
        return all;
    }

    /**
     * Whether of several combinations that differ only in the names of values this is the one to be looked at: full values that
     * nothing changes may be exchanged for each other throughout.
     */
    boolean firstOfAlike(Collection<String> combination, List<String> classes) {
        List<String> full = classes.stream().filter(value -> !value.isEmpty()).toList();
        int next = 0;
        for (String value : combination) {
            int at = full.indexOf(value);
            if (alike && at > next) {
                return false;
            }
            next = Math.max(next, at + 1);
        }
        return true;
    }

    private Stream<Rendering> renderings() {
        Stream<Rendering> declared = arena.systems.stream()
                .flatMap(system -> system.mapping.carrying(field).stream())
                .flatMap(mapped -> mapped.renderings().stream());
        Stream<Rendering> others = arena.systems.stream()
                .flatMap(system ->
                        arena.setting.habits.getOrDefault(Setting.place(system.name, field), List.of()).stream());
        return Stream.concat(declared, others);
    }

    /** A value that a rendering changes into one of the usual ones, or cuts. */
    private static String changed(Rendering rendering) {
        return switch (rendering.family()) {
            case TRIMMED -> " b ";
            case LOWER_CASED -> "B";
            case CUT -> "b".repeat(rendering.length()) + "c";
        };
    }
}
