package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the agreed value of one field comes about. Immutable data; the planner holds the behaviour.
 *
 * <p>An owner's blank is its decision and travels. Where several systems share a field, a blank never overwrites a full
 * value, and what was blanked is filled again, unless the rule says that {@linkplain #blanksTravel() blanks travel}.
 */
public sealed interface FieldRule {
    /**
     * One system decides. A blank value of the owner counts as its decision.
     *
     * @param owner the system that decides
     * @param seeds the systems that may supply the value while the owner has never held a record
     * @param otherEdits what becomes of an edit elsewhere
     * @param onJoin what happens when a system's value is seen for the first time
     */
    record Owned(String owner, Set<String> seeds, NonOwnerEdit otherEdits, OnJoin onJoin) implements FieldRule {
        /** Copies the set and refuses an owner that seeds itself. */
        public Owned {
            Objects.requireNonNull(owner, "owner");
            seeds = Collections.unmodifiableSortedSet(new TreeSet<>(seeds));
            if (seeds.contains(owner)) {
                throw SyncException.configuration("system " + owner + " owns the field and needs no seeding");
            }
        }

        @Override
        public SortedSet<String> systems() {
            return named(seeds, owner);
        }

        @Override
        public boolean blanksTravel() {
            return true;
        }
    }

    /**
     * Members come together by what each system added and removed. A member that a system owns is added and removed
     * there alone.
     *
     * @param owners the system that owns each named member
     * @param othersOwnedBy the system that owns every member that is not named, or null when nobody does
     * @param otherEdits what becomes of an edit of a member that another system owns: KEEP or REVERT
     */
    record SetMerge(Map<String, String> owners, @Nullable String othersOwnedBy, NonOwnerEdit otherEdits)
            implements FieldRule {
        /** Copies the map and refuses to ask a person about single members. */
        public SetMerge {
            owners = Collections.unmodifiableMap(new TreeMap<>(owners));
            if (otherEdits == NonOwnerEdit.REVIEW) {
                throw SyncException.configuration("set merge: an edit of another system's member is kept or reverted");
            }
        }

        /**
         * Who owns a member.
         *
         * @param member the member
         * @return the system, or empty when every system may add and remove it
         */
        public Optional<String> ownerOf(String member) {
            return Optional.ofNullable(owners.getOrDefault(member, othersOwnedBy));
        }

        @Override
        public OnJoin onJoin() {
            return OnJoin.UNION;
        }

        @Override
        public SortedSet<String> systems() {
            return othersOwnedBy == null ? named(owners.values()) : named(owners.values(), othersOwnedBy);
        }

        @Override
        public boolean blanksTravel() {
            return true;
        }
    }

    /** Once agreed, the value stands: later edits stay where they were made. */
    record AppendOnly() implements FieldRule {
        @Override
        public OnJoin onJoin() {
            return OnJoin.FILL_EMPTY;
        }

        @Override
        public SortedSet<String> systems() {
            return named(List.of());
        }

        @Override
        public boolean blanksTravel() {
            return true;
        }
    }

    /**
     * The later edit decides. An edit of the agreed value itself is the later one whatever the clocks say, and so is a
     * further edit by the system that the agreed value came from. Other edits are compared by when they were made, across
     * systems only with a declared skew; what cannot be compared is decided by the tie-break, or by a person.
     *
     * @param skew how far the clocks of two systems may be apart
     * @param ties on a tie the system that comes first decides; a person does where neither is named
     * @param onJoin what happens to a full value that is seen for the first time and differs: FILL_EMPTY, KEEP or REVIEW
     * @param blanksTravel whether a blank may overwrite a full value
     */
    record LastWriter(Skew skew, List<String> ties, OnJoin onJoin, boolean blanksTravel) implements FieldRule {
        /** Copies the list and refuses joining by times that nobody knows. */
        public LastWriter {
            Objects.requireNonNull(skew, "skew");
            ties = distinct("the tie-break", ties);
            if (onJoin == OnJoin.OWNER || onJoin == OnJoin.UNION) {
                throw SyncException.configuration(
                        "last writer: nobody knows when a value that is seen for the first time"
                                + " was written; on joining say FILL_EMPTY, KEEP or REVIEW");
            }
        }

        @Override
        public SortedSet<String> systems() {
            SortedSet<String> named = named(ties);
            named.addAll(skew.systems());
            return named;
        }
    }

    /**
     * The first system of a list that ever supplied a full value decides; one further down decides only while none before
     * it has. Systems that are not in the list decide nothing.
     *
     * @param order the systems, the preferred one first
     * @param otherEdits what becomes of an edit by a system that does not decide
     * @param blanksTravel whether a blank of the system that decides overwrites a full value
     */
    record Preferred(List<String> order, NonOwnerEdit otherEdits, boolean blanksTravel) implements FieldRule {
        /** Copies the list and refuses one that is empty or names a system twice. */
        public Preferred {
            order = distinct("the preferred order", order);
            Objects.requireNonNull(otherEdits, "otherEdits");
            if (order.isEmpty()) {
                throw SyncException.configuration("a preferred order names one system at least");
            }
        }

        /**
         * Where a system stands in the order.
         *
         * @param system the system
         * @return its rank, 0 for the preferred one; the length of the order when it is not in it
         */
        public int rank(String system) {
            int rank = order.indexOf(system);
            return rank < 0 ? order.size() : rank;
        }

        @Override
        public OnJoin onJoin() {
            return OnJoin.OWNER;
        }

        @Override
        public SortedSet<String> systems() {
            return named(order);
        }
    }

    /**
     * Only blanks are written: a full value stands where it is, whoever entered it. The system that supplied the agreed
     * value may change it for those that are still blank. A blanked value is filled again.
     */
    record FillIfEmpty() implements FieldRule {
        @Override
        public OnJoin onJoin() {
            return OnJoin.KEEP;
        }

        @Override
        public SortedSet<String> systems() {
            return named(List.of());
        }

        @Override
        public boolean blanksTravel() {
            return false;
        }
    }

    /** The value is given to a record when it is made, and goes its own way there afterwards. */
    record CreateOnly() implements FieldRule {
        @Override
        public OnJoin onJoin() {
            return OnJoin.KEEP;
        }

        @Override
        public SortedSet<String> systems() {
            return named(List.of());
        }

        @Override
        public boolean blanksTravel() {
            return true;
        }
    }

    /**
     * The value is read at one system, for scopes and explanations, and written nowhere.
     *
     * @param source the system that it is read at
     */
    record ReadOnly(String source) implements FieldRule {
        /** Refuses null. */
        public ReadOnly {
            Objects.requireNonNull(source, "source");
        }

        @Override
        public OnJoin onJoin() {
            return OnJoin.OWNER;
        }

        @Override
        public SortedSet<String> systems() {
            return named(List.of(), source);
        }

        @Override
        public boolean blanksTravel() {
            return true;
        }
    }

    /** The first full value is agreed and fills blanks; every other difference waits for a person. */
    record Manual() implements FieldRule {
        @Override
        public OnJoin onJoin() {
            return OnJoin.REVIEW;
        }

        @Override
        public SortedSet<String> systems() {
            return named(List.of());
        }

        @Override
        public boolean blanksTravel() {
            return true;
        }
    }

    /**
     * A resolver of the embedder's own decides.
     *
     * @param resolver the resolver's id
     * @param version its version, above 0; the rules refuse a resolver of another one
     * @param blanksTravel whether the resolver is asked about blanks too, and may agree one over a full value
     */
    record Resolved(String resolver, int version, boolean blanksTravel) implements FieldRule {
        /** Refuses a version below 1. */
        public Resolved {
            if (Objects.requireNonNull(resolver, "resolver").isBlank() || version < 1) {
                throw SyncException.configuration("a resolver is named by its id and its version, which is above 0");
            }
        }

        @Override
        public OnJoin onJoin() {
            return OnJoin.FILL_EMPTY;
        }

        @Override
        public SortedSet<String> systems() {
            return named(List.of());
        }
    }

    /**
     * What happens when a system's value is seen for the first time.
     *
     * @return never null
     */
    OnJoin onJoin();

    /**
     * The systems that the rule names.
     *
     * @return a set of their names, perhaps empty
     */
    SortedSet<String> systems();

    /**
     * What becomes of an edit by a system that does not decide.
     *
     * @return KEEP too for rules under which every edit counts, or none
     */
    default NonOwnerEdit otherEdits() {
        return NonOwnerEdit.KEEP;
    }

    /**
     * Whether a blank is decided on like any other value. Where it is not, it never overwrites a full one, and is filled
     * again.
     *
     * @return true when blanks are decided on
     */
    boolean blanksTravel();

    private static SortedSet<String> named(Collection<String> some, String... more) {
        TreeSet<String> named = new TreeSet<>(some);
        named.addAll(List.of(more));
        return named;
    }

    private static List<String> distinct(String what, List<String> systems) {
        if (new HashSet<>(systems).size() < systems.size()) {
            throw SyncException.configuration(what + " names a system twice: " + systems + "; name each once");
        }
        return List.copyOf(systems);
    }
}
