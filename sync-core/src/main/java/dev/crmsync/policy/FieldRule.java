package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the agreed value of one field comes about. Immutable data; the planner holds the behaviour. */
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
    }

    /** Once agreed, the value stands: later edits stay where they were made. */
    record AppendOnly() implements FieldRule {
        @Override
        public OnJoin onJoin() {
            return OnJoin.FILL_EMPTY;
        }
    }

    /**
     * What happens when a system's value is seen for the first time.
     *
     * @return never null
     */
    OnJoin onJoin();
}
