package dev.crmsync.spi.adapter;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an adapter declares about one record type. Immutable.
 *
 * @param type the canonical record type
 * @param asOf how fine its times are
 * @param marksOwnWrites whether the vendor marks changes that this integration made
 * @param createLookup how a create whose answer was lost is found again
 * @param tellsDeletes whether deletes are told, so that absence and invisibility can be told from deletion
 * @param tellsMerges whether merges are told
 * @param echoHorizon how long after a write its echo may still arrive
 * @param overlap how far a poll by change time must reach back, because rows appear late
 * @param mayGoUnobserved what may change without ever being told, in words for people; empty when nothing
 * @param feed what its listing of changes goes by; {@link FeedOrder#CHANGED} where there is none
 * @param listsSome whether its listing of all shows only some, such as those that are open, so that there may rightly be none
 * @param lacking what the adapter can do with other types and not with this one
 */
public record TypeDeclaration(
        String type,
        AsOfGrade asOf,
        boolean marksOwnWrites,
        CreateLookup createLookup,
        boolean tellsDeletes,
        boolean tellsMerges,
        Duration echoHorizon,
        Duration overlap,
        List<String> mayGoUnobserved,
        FeedOrder feed,
        boolean listsSome,
        Set<Operation> lacking) {
    /** The echo horizon for vendors that document none. */
    public static final Duration DEFAULT_ECHO_HORIZON = Duration.ofDays(35);

    /** Copies the list and the set. */
    public TypeDeclaration {
        mayGoUnobserved = List.copyOf(mayGoUnobserved);
        lacking = Collections.unmodifiableSortedSet(new TreeSet<>(lacking));
        Objects.requireNonNull(feed, "feed");
    }

    /**
     * A declaration of an adapter whose listing of changes, if it has one, goes by the time of change.
     *
     * @param type the canonical record type
     * @param asOf how fine its times are
     * @param marksOwnWrites whether the vendor marks changes that this integration made
     * @param createLookup how a create whose answer was lost is found again
     * @param tellsDeletes whether deletes are told
     * @param tellsMerges whether merges are told
     * @param echoHorizon how long after a write its echo may still arrive
     * @param overlap how far a poll by change time must reach back
     * @param mayGoUnobserved what may change without ever being told
     */
    public TypeDeclaration(
            String type,
            AsOfGrade asOf,
            boolean marksOwnWrites,
            CreateLookup createLookup,
            boolean tellsDeletes,
            boolean tellsMerges,
            Duration echoHorizon,
            Duration overlap,
            List<String> mayGoUnobserved) {
        this(
                type,
                asOf,
                marksOwnWrites,
                createLookup,
                tellsDeletes,
                tellsMerges,
                echoHorizon,
                overlap,
                mayGoUnobserved,
                FeedOrder.CHANGED,
                false,
                Set.of());
    }

    /**
     * The same declaration with what the listing of changes goes by.
     *
     * @param order the order
     * @return a copy
     */
    public TypeDeclaration listedBy(FeedOrder order) {
        return new TypeDeclaration(
                type,
                asOf,
                marksOwnWrites,
                createLookup,
                tellsDeletes,
                tellsMerges,
                echoHorizon,
                overlap,
                mayGoUnobserved,
                order,
                listsSome,
                lacking);
    }

    /**
     * The same declaration of a type of which a listing of all shows only some, such as the conversations that are open. What
     * such a listing lacks is read, also when nothing is left on it; of one that shows all, an empty one is doubted.
     *
     * @return a copy
     */
    public TypeDeclaration listingSome() {
        return new TypeDeclaration(
                type,
                asOf,
                marksOwnWrites,
                createLookup,
                tellsDeletes,
                tellsMerges,
                echoHorizon,
                overlap,
                mayGoUnobserved,
                feed,
                true,
                lacking);
    }

    /**
     * The same declaration of a type with which the adapter cannot do all that it can do with others.
     *
     * @param operations what it cannot do with this one: of reads, listings and look-ups
     * @return a copy
     */
    public TypeDeclaration without(Operation... operations) {
        return new TypeDeclaration(
                type,
                asOf,
                marksOwnWrites,
                createLookup,
                tellsDeletes,
                tellsMerges,
                echoHorizon,
                overlap,
                mayGoUnobserved,
                feed,
                listsSome,
                Set.of(operations));
    }

    /**
     * Whether the adapter, if it can do a thing at all, can do it with this type.
     *
     * @param operation the kind of call
     * @return false when it is said to be lacking
     */
    public boolean can(Operation operation) {
        return !lacking.contains(operation);
    }
}
