package dev.crmsync.testkit.check;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The values of a field that stand for all others: two full ones that differ, nothing, and for each rendering that a system has
 * one that it changes.
 */
final class ValueClasses {
    private final Arena arena;

    ValueClasses(Arena arena) {
        this.arena = arena;
    }

    List<String> of(Field field) {
        if (arena.setting.values.containsKey(field.name())) {
            return arena.values(field);
        }
        List<String> usual = arena.values(field);
        if (field.type() == FieldType.MEMBERS) {
            return usual;
        }
        List<String> classes = new ArrayList<>(List.of(usual.get(0), usual.get(1), ""));
        boolean text = field.type() == FieldType.TEXT || field.type() == FieldType.BAG_ENTRY;
        if (text) {
            renderings(field).distinct().forEach(rendering -> classes.add(changed(rendering)));
        } else if (field.type() == FieldType.EMAIL) {
            classes.add("B@x.test");
        }
        return classes;
    }

    private Stream<Rendering> renderings(Field field) {
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
