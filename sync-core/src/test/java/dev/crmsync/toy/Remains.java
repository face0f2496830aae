package dev.crmsync.toy;

import dev.crmsync.spi.model.Bytes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that an object holds, down to the last text and byte. */
public final class Remains {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final StringBuilder found = new StringBuilder();

    private Remains() {}

    public static String of(Object root) {
        Remains remains = new Remains();
        remains.visit(root);
        return remains.found.toString();
    }

    private void visit(Object value) {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Enum<?>) {
            found.append(value).append('\n');
        } else if (value instanceof Bytes bytes) {
            found.append(bytes.toUtf8()).append('\n');
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, held) -> {
                visit(key);
                visit(held);
            });
        } else if (value instanceof Collection<?> all) {
            all.forEach(this::visit);
        } else if (value instanceof Optional<?> one) {
            one.ifPresent(this::visit);
        } else if (value.getClass().getName().startsWith("dev.crmsync.")) {
            fields(value);
        } else if (!value.getClass().getName().startsWith("java.")) {
            throw new AssertionError("nobody knows what is in a " + value.getClass());
        } else {
            found.append(value).append('\n');
        }
    }

    private void fields(Object value) {
        for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    try {
                        field.setAccessible(true);
                        visit(field.get(value));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }
}
