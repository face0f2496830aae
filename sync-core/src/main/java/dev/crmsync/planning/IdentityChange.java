package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of which records are the same thing. Each is appended to the identity log of the links that it touches. Those that
 * {@link #isTold() are told} follow from another input, and are no input themselves.
 */
public sealed interface IdentityChange {
    /** What raises a {@link Suspected} when a system has merged records of links that a person had said are different. */
    String MERGED_RECORD = "merged record";

    /** What raises a {@link Suspected} when a record bears the join key of a link that is not the one it belongs to. */
    String KEYED_RECORD = "join key of another record";

    /**
     * A new link begins with a record.
     *
     * @param link the new link's id
     * @param ref the record
     */
    record Born(String link, RecordRef ref) implements IdentityChange {}

    /**
     * A record joins a link: as its primary record there when it has none, else as a secondary one.
     *
     * @param link the link
     * @param ref the record
     * @param evidence on what ground: {@link #JOIN_KEY}, {@link #POLICY}, or the name of the field whose value is equal
     */
    record Attached(String link, RecordRef ref, String evidence) implements IdentityChange {
        /** The evidence of a record that bears the join key. */
        public static final String JOIN_KEY = "join key";

        /** The evidence of a record that the policy says is the same thing. */
        public static final String POLICY = "policy";

        /** Whether it joins for an equal value. */
        boolean matched() {
            return !evidence.equals(JOIN_KEY) && !evidence.equals(POLICY);
        }
    }

    /**
     * Another record says that this record belongs to the link; it was not seen yet.
     *
     * @param link the link
     * @param ref the record that is named
     */
    record Mentioned(String link, RecordRef ref) implements IdentityChange {}

    /**
     * A record of the link has a new id; the old one goes on naming it.
     *
     * @param link the link
     * @param from the old id
     * @param to the new id
     */
    record Rekeyed(String link, RecordRef from, RecordRef to) implements IdentityChange {}

    /**
     * Another link may be the same thing: no record is made on either side until a person has answered.
     *
     * @param link the link
     * @param candidates the links that may be the same thing, sorted
     * @param field the field whose equal values raise the suspicion
     * @param value the equal value
     */
    record Suspected(String link, List<String> candidates, String field, Value value) implements IdentityChange {
        /** Copies the list. */
        public Suspected {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Two links are the same thing: the records of one join the other.
     *
     * @param into the link that stays
     * @param from the link that is taken over
     */
    record Joined(String into, String from) implements IdentityChange {}

    /**
     * A system has merged a record of one link into a record of another: the links are the same thing, and the surviving record
     * is the primary one there.
     *
     * @param into the link of the surviving record, which stays
     * @param from the link that is taken over
     * @param gone the record that was merged away; it goes on naming the link
     * @param survivor the record that it became
     */
    record Merged(String into, String from, RecordRef gone, RecordRef survivor) implements IdentityChange {}

    /**
     * A record of the link became one of another type: the link follows it no longer, and the other record is identified on its
     * own.
     *
     * @param link the link
     * @param from the record that was converted
     * @param to what it became, of no link by this change
     */
    record Converted(String link, RecordRef from, RecordRef to) implements IdentityChange {}

    /**
     * A person said that a record is no part of a link: it goes on in a link of its own, and the two are different things for good.
     *
     * @param link the link that has had it
     * @param ref the record, primary or secondary
     * @param own the new link
     */
    record Split(String link, RecordRef ref, String own) implements IdentityChange {}

    /**
     * A person took a record out of a link: it is followed nowhere until it is told otherwise.
     *
     * @param link the link that has had it
     * @param ref the record, primary or secondary
     * @param own the new link in which it is kept in mind; the same as {@code link} when that has no other record
     */
    record Unlinked(String link, RecordRef ref, String own) implements IdentityChange {}

    /**
     * A person said that a record which had been taken out of a link is to be followed again, in a link of its own.
     *
     * @param link the link in which it was kept in mind
     * @param ref the record
     */
    record Followed(String link, RecordRef ref) implements IdentityChange {}

    /**
     * Two links are different things for good.
     *
     * @param link the one
     * @param other the other
     */
    record Separated(String link, String other) implements IdentityChange {}

    /**
     * A record is about to be made for the link, and nobody else may make one there: written down before anything is sent.
     *
     * @param link the link
     * @param system where it is to be made
     */
    record Claimed(String link, String system) implements IdentityChange {}

    /**
     * The record that was made for the link is known.
     *
     * @param link the link
     * @param ref the record
     */
    record Confirmed(String link, RecordRef ref) implements IdentityChange {}

    /**
     * The primary record was deleted or archived at its system. The link keeps it in mind.
     *
     * @param link the link
     * @param ref the record
     */
    record Gone(String link, RecordRef ref) implements IdentityChange {}

    /**
     * The primary record that was gone is there again, under its id.
     *
     * @param link the link
     * @param ref the record
     */
    record Undeleted(String link, RecordRef ref) implements IdentityChange {}

    /**
     * The person that the link is was erased.
     *
     * @param link the link
     */
    record Erased(String link) implements IdentityChange {}

    /**
     * Whether this is written down when another input has brought it about, and cannot be planned by itself.
     *
     * @return true for a claim, a confirmation, a deletion, an undeletion and an erasure
     */
    default boolean isTold() {
        return this instanceof Claimed
                || this instanceof Confirmed
                || this instanceof Gone
                || this instanceof Undeleted
                || this instanceof Erased;
    }

    /**
     * The links that this change touches.
     *
     * @return their ids
     */
    default List<String> links() {
        if (this instanceof Born born) {
            return List.of(born.link());
        } else if (this instanceof Attached attached) {
            return List.of(attached.link());
        } else if (this instanceof Mentioned mentioned) {
            return List.of(mentioned.link());
        } else if (this instanceof Rekeyed rekeyed) {
            return List.of(rekeyed.link());
        } else if (this instanceof Suspected suspected) {
            List<String> all = new ArrayList<>(suspected.candidates());
            all.add(suspected.link());
            return all;
        } else if (this instanceof Joined joined) {
            return List.of(joined.into(), joined.from());
        } else if (this instanceof Merged merged) {
            return List.of(merged.into(), merged.from());
        } else if (this instanceof Converted converted) {
            return List.of(converted.link());
        } else if (this instanceof Split split) {
            return List.of(split.link(), split.own());
        } else if (this instanceof Unlinked unlinked) {
            boolean alone = unlinked.own().equals(unlinked.link());
            return alone ? List.of(unlinked.link()) : List.of(unlinked.link(), unlinked.own());
        } else if (this instanceof Followed followed) {
            return List.of(followed.link());
        } else if (this instanceof Separated separated) {
            return List.of(separated.link(), separated.other());
        } else if (this instanceof Claimed claimed) {
            return List.of(claimed.link());
        } else if (this instanceof Confirmed confirmed) {
            return List.of(confirmed.link());
        } else if (this instanceof Gone gone) {
            return List.of(gone.link());
        } else if (this instanceof Undeleted undeleted) {
            return List.of(undeleted.link());
        } else if (this instanceof Erased erased) {
            return List.of(erased.link());
        }
        throw new IllegalStateException("unreachable: identity changes are sealed");
    }
}
