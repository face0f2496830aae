package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a type are in scope at a system, what sync may do to records there, and whose deletions others follow.
 * Immutable.
 *
 * @param mayCreate whether sync may make new records there
 * @param mayArchive whether sync may archive records there when they are gone at a system whose deletions are followed;
 *     nothing is ever deleted
 * @param scope which links concern the system, or null for all
 * @param leaving what becomes of a record whose link is out of scope
 * @param deletes when records that people delete or archive there are archived where sync may archive: how far the clocks
 *     may be apart, to tell an earlier edit elsewhere from a later one; null when nobody follows, the default
 * @param knownAt the systems of which one must have a record before sync makes another there; empty when any will do
 */
public record RecordRule(
        boolean mayCreate,
        boolean mayArchive,
        @Nullable Scope scope,
        Leaving leaving,
        @Nullable Skew deletes,
        SortedSet<String> knownAt) {
    /** Records are followed, never made and never archived, and nobody follows when they are deleted: the default. */
    public static final RecordRule FOLLOW = new RecordRule(false, false, null, Leaving.STOP_FOLLOWING);

    /** Records are followed and made, never archived, and nobody follows when they are deleted. */
    public static final RecordRule CREATE = new RecordRule(true, false, null, Leaving.STOP_FOLLOWING);

    /** Refuses null, and copies the set. */
    public RecordRule {
        Objects.requireNonNull(leaving, "leaving");
        knownAt = Collections.unmodifiableSortedSet(new TreeSet<>(knownAt));
    }

    /**
     * A rule under which nobody follows deletions.
     *
     * @param mayCreate whether sync may make new records there
     * @param mayArchive whether sync may archive records there
     * @param scope which links concern the system, or null for all
     * @param leaving what becomes of a record whose link is out of scope
     */
    public RecordRule(boolean mayCreate, boolean mayArchive, @Nullable Scope scope, Leaving leaving) {
        this(mayCreate, mayArchive, scope, leaving, null, new TreeSet<>());
    }

    /**
     * The same rule where sync may archive records that are gone at a system whose deletions are followed.
     *
     * @return a copy
     */
    public RecordRule archiving() {
        return new RecordRule(mayCreate, true, scope, leaving, deletes, knownAt);
    }

    /**
     * The same rule where records that people delete or archive are archived at the systems where sync may. No clock is
     * vouched for: an edit elsewhere counts as earlier only when the record was proved to be there after it was known.
     *
     * @return a copy
     */
    public RecordRule deletesFollowed() {
        return deletesFollowed(Skew.undeclared());
    }

    /**
     * The same rule where records that people delete or archive are archived at the systems where sync may.
     *
     * @param skew how far the clocks may be apart
     * @return a copy
     */
    public RecordRule deletesFollowed(Skew skew) {
        return new RecordRule(mayCreate, mayArchive, scope, leaving, Objects.requireNonNull(skew, "skew"), knownAt);
    }

    /**
     * The same rule for some links only.
     *
     * @param field the field that tells which
     * @param values the values of which it must hold one; none when any full value will do
     * @return a copy
     */
    public RecordRule within(Field field, String... values) {
        return new RecordRule(
                mayCreate, mayArchive, new Scope(field, new TreeSet<>(List.of(values))), leaving, deletes, knownAt);
    }

    /**
     * The same rule where records are made only of what somebody else knows: of several CRMs beside Kirim none is filled with
     * the customers of the others.
     *
     * @param system a system that must have a record
     * @param or others of which one will do instead
     * @return a copy
     */
    public RecordRule knownAt(String system, String... or) {
        if (!mayCreate) {
            throw SyncException.configuration(
                    "knownAt(..) says of which records others are made; begin with RecordRule.CREATE");
        }
        SortedSet<String> known = new TreeSet<>(List.of(or));
        known.add(system);
        return new RecordRule(mayCreate, mayArchive, scope, leaving, deletes, known);
    }

    /**
     * The same rule with another end.
     *
     * @param other what becomes of a record whose link is out of scope
     * @return a copy
     */
    public RecordRule leaving(Leaving other) {
        return new RecordRule(mayCreate, mayArchive, scope, other, deletes, knownAt);
    }

    /**
     * The systems that the rule names.
     *
     * @return those whose clocks it vouches for pair by pair, and those that must know of a record
     */
    public SortedSet<String> systems() {
        SortedSet<String> named = new TreeSet<>(knownAt);
        if (deletes != null) {
            named.addAll(deletes.systems());
        }
        return named;
    }
}
