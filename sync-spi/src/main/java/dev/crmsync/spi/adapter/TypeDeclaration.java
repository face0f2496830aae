package dev.crmsync.spi.adapter;

import java.time.Duration;
import java.util.List;

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
        List<String> mayGoUnobserved) {
    /** The echo horizon for vendors that document none. */
    public static final Duration DEFAULT_ECHO_HORIZON = Duration.ofDays(35);

    /** Copies the list. */
    public TypeDeclaration {
        mayGoUnobserved = List.copyOf(mayGoUnobserved);
    }
}
