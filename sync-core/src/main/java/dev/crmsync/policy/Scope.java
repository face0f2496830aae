package dev.crmsync.policy;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which links concern a system, told by the agreed value of one field. Immutable.
 *
 * @param field the field
 * @param values the texts, codes or members of which the field must hold one; empty when any full value will do
 */
public record Scope(Field field, SortedSet<String> values) {
    /** Copies the set. */
    public Scope {
        Objects.requireNonNull(field, "field");
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    /**
     * Whether a link with this agreed value is in scope.
     *
     * @param agreed the agreed value of the field, or null when there is none
     * @return true when it is
     */
    public boolean holds(@Nullable Value agreed) {
        if (agreed == null || agreed.isBlank()) {
            return false;
        }
        if (values.isEmpty()) {
            return true;
        }
        if (agreed instanceof Value.Members set) {
            return set.members().stream().anyMatch(values::contains);
        }
        return agreed instanceof Value.Text text && values.contains(text.text());
    }
}
