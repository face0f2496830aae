package dev.crmsync.spi.adapter;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

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
        FeedOrder feed) {
    /** The echo horizon for vendors that document none. */
    public static final Duration DEFAULT_ECHO_HORIZON = Duration.ofDays(35);

    /** Copies the list. */
    public TypeDeclaration {
        mayGoUnobserved = List.copyOf(mayGoUnobserved);
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
                FeedOrder.CHANGED);
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
                order);
    }
}
