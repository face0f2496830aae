package dev.crmsync.lint;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;

/** Two fields that a system keeps in what is one native property to it. A mapping refuses those of the very same name. */
record Collision(String system, String type, Field one, Field other, String property) {
    static List<Collision> in(Subject subject) {
        List<Collision> collisions = new ArrayList<>();
        subject.types()
                .forEach(type -> subject.mappings(type.name())
                        .forEach((system, mapping) -> of(system, type.name(), mapping, collisions)));
        return collisions;
    }

    private static void of(String system, String type, Mapping mapping, List<Collision> collisions) {
        List<FieldMapping> fields = mapping.fields();
        for (int i = 0; i < fields.size(); i++) {
            for (int j = i + 1; j < fields.size(); j++) {
                between(system, type, fields.get(i), fields.get(j), collisions);
            }
        }
    }

    private static void between(
            String system, String type, FieldMapping one, FieldMapping other, List<Collision> collisions) {
        for (String property : one.lens().properties()) {
            for (String further : other.lens().properties()) {
                if (NativeNames.same(property, further)
                        || one.field().type() == FieldType.BAG && below(property, further)
                        || other.field().type() == FieldType.BAG && below(further, property)) {
                    collisions.add(new Collision(
                            system,
                            type,
                            key(one.field(), property, further),
                            key(other.field(), further, property),
                            property));
                }
            }
        }
    }

    private static boolean below(String bag, String property) {
        return property.length() > bag.length() + 1
                && NativeNames.same(bag + "/", property.substring(0, bag.length() + 1));
    }

    /** The key of a bag that a property stands for, or the field itself. */
    private static Field key(Field field, String property, String other) {
        return field.type() == FieldType.BAG && below(property, other)
                ? field.entry(other.substring(property.length() + 1))
                : field;
    }
}
