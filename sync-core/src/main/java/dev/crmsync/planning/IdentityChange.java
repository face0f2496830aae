package dev.crmsync.planning;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;

/** A change of which records are the same thing. Each is appended to the identity log of the links that it touches. */
public sealed interface IdentityChange {
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
     * @param evidence on what ground: {@link #JOIN_KEY}, or the name of the field whose value is equal
     */
    record Attached(String link, RecordRef ref, String evidence) implements IdentityChange {
        /** The evidence of a record that bears the join key. */
        public static final String JOIN_KEY = "join key";

        /** Whether it joins for an equal value. */
        boolean matched() {
            return !evidence.equals(JOIN_KEY);
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
     * Two links are different things for good.
     *
     * @param link the one
     * @param other the other
     */
    record Separated(String link, String other) implements IdentityChange {}

    /**
     * The record of the link was merged into one of another link, which may be somebody else as far as a third system
     * knows: it is followed no longer, and this is no deletion.
     *
     * @param link the link that loses its record
     * @param ref the record that is no more
     * @param into the record that it was merged into
     */
    record Absorbed(String link, RecordRef ref, RecordRef into) implements IdentityChange {}

    /**
     * The record of the link became one of another type, which has a link of its own: it is followed no longer, and this is
     * no deletion.
     *
     * @param link the link that loses its record
     * @param ref the record that is no more
     * @param into what it became
     */
    record Converted(String link, RecordRef ref, RecordRef into) implements IdentityChange {}

    /**
     * A person takes a record out of its link, for good: it begins one of its own, and the two are never taken for the same
     * again.
     *
     * @param link the link that loses the record
     * @param other the new link's id
     * @param ref the record
     * @param alone whether no record is made for it anywhere
     */
    record Split(String link, String other, RecordRef ref, boolean alone) implements IdentityChange {}

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
        } else if (this instanceof Separated separated) {
            return List.of(separated.link(), separated.other());
        } else if (this instanceof Absorbed absorbed) {
            return List.of(absorbed.link());
        } else if (this instanceof Converted converted) {
            return List.of(converted.link());
        } else if (this instanceof Split split) {
            return List.of(split.link(), split.other());
        }
        throw new IllegalStateException("unreachable: identity changes are sealed");
    }
}
