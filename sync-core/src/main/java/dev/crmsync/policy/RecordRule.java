package dev.crmsync.policy;

import dev.crmsync.spi.field.Field;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a type are in scope at a system, and what sync may do to records there. Immutable.
 *
 * @param mayCreate whether sync may make new records there
 * @param mayArchive whether sync may archive records there when they are gone elsewhere
 * @param scope which links concern the system, or null for all
 * @param leaving what becomes of a record whose link is out of scope
 */
public record RecordRule(
        boolean mayCreate, boolean mayArchive, @Nullable Scope scope, Leaving leaving) {
    /** Records are followed, never made and never archived: the default. */
    public static final RecordRule FOLLOW = new RecordRule(false, false, null, Leaving.STOP_FOLLOWING);

    /** Records are followed and made, never archived. */
    public static final RecordRule CREATE = new RecordRule(true, false, null, Leaving.STOP_FOLLOWING);

    /** Refuses null. */
    public RecordRule {
        Objects.requireNonNull(leaving, "leaving");
    }

    /**
     * The same rule for some links only.
     *
     * @param field the field that tells which
     * @param values the values of which it must hold one; none when any full value will do
     * @return a copy
     */
    public RecordRule within(Field field, String... values) {
        return new RecordRule(mayCreate, mayArchive, new Scope(field, new TreeSet<>(List.of(values))), leaving);
    }

    /**
     * The same rule with another end.
     *
     * @param other what becomes of a record whose link is out of scope
     * @return a copy
     */
    public RecordRule leaving(Leaving other) {
        return new RecordRule(mayCreate, mayArchive, scope, other);
    }
}
