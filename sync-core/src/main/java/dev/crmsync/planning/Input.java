package dev.crmsync.planning;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can reach a link. {@link #at()} and {@link #seq()} are the planner's only clock: the engine's time, and
 * the version that the touched links will have when the plan is committed.
 */
public sealed interface Input {
    /**
     * When it reached the engine.
     *
     * @return the engine's time
     */
    Instant at();

    /**
     * The sequence number that the touched links take on, greater than that of each of them.
     *
     * @return above 0
     */
    long seq();

    /**
     * A change event was seen. Its record belongs to the link already.
     *
     * @param at when it reached the engine
     * @param seq the sequence number
     * @param link the link that holds the record
     * @param event what was seen
     * @param references the link ids of the records that the event's reference properties name
     */
    record Observed(Instant at, long seq, String link, ChangeEvent event, Map<RecordRef, String> references)
            implements Input {
        /** Copies the map. */
        public Observed {
            references = Map.copyOf(references);
        }
    }

    /**
     * Delivery is about to write to a system: the plan says what, if anything, in the side's {@link Side#inFlight()}.
     *
     * @param at when
     * @param seq the sequence number
     * @param link the link
     * @param system the system
     * @param parents the ids at this system of the records of links that are referred to, by link id, as far as they have any
     * @param idempotencyKey the key for a create, where the adapter declares one
     */
    record WriteStarted(
            Instant at,
            long seq,
            String link,
            String system,
            Map<String, String> parents,
            @Nullable String idempotencyKey)
            implements Input {
        /** Copies the map. */
        public WriteStarted {
            parents = Map.copyOf(parents);
        }
    }

    /**
     * A write that was begun has an outcome, or is known to have none.
     *
     * @param at when the answer came
     * @param seq the sequence number
     * @param link the link
     * @param system the system
     * @param started the sequence number of its WriteStarted; an outcome of another write is ignored, but for one that was
     *     {@link #OF_A_LINK_TAKEN_OVER begun by a link that this one took over}
     * @param outcome the outcome
     * @param references the link ids of the records that reference properties of the answer name
     */
    record WriteOutcome(
            Instant at,
            long seq,
            String link,
            String system,
            long started,
            Outcome outcome,
            Map<RecordRef, String> references)
            implements Input {
        /**
         * In place of the sequence number: the write was begun by a link that this one took over, while a write of its own was
         * under way to the same system, so that it could not be taken over as well.
         */
        public static final long OF_A_LINK_TAKEN_OVER = 0;

        /** Copies the map. */
        public WriteOutcome {
            references = Map.copyOf(references);
        }
    }

    /**
     * A read was answered; or, for a create of unknown outcome, a look-up by its join key.
     *
     * @param at when the answer came
     * @param seq the sequence number
     * @param link the link
     * @param system the system
     * @param issued the link's sequence number when the read was issued
     * @param read the answer; a {@link Read.MergedInto} is turned into an identity change first
     * @param references the link ids of the records that reference properties of the answer name
     */
    record ReadOutcome(
            Instant at, long seq, String link, String system, long issued, Read read, Map<RecordRef, String> references)
            implements Input {
        /** Copies the map. */
        public ReadOutcome {
            references = Map.copyOf(references);
        }
    }

    /**
     * A time that the plan asked for has come.
     *
     * @param at when
     * @param seq the sequence number
     * @param link the link
     */
    record TimerDue(Instant at, long seq, String link) implements Input {}

    /**
     * The link is planned under other rules than before.
     *
     * @param at when
     * @param seq the sequence number
     * @param link the link
     */
    record RulesChanged(Instant at, long seq, String link) implements Input {}

    /**
     * A person answered a review about a field or a create. Reviews about identity are answered by an identity change.
     *
     * @param at when
     * @param seq the sequence number
     * @param link the link
     * @param system the system that the review is about
     * @param field the field's name, or null when it is about making a record
     * @param answer the answer
     */
    record ReviewAnswer(
            Instant at,
            long seq,
            String link,
            String system,
            @Nullable String field,
            Answer answer) implements Input {}

    /** What a person can answer. */
    enum Answer {
        /**
         * The agreed value is written there; for a create: make the record, or make it again; for a record that is gone
         * elsewhere: archive it here, too.
         */
        USE_AGREED,
        /** What the system holds becomes the agreed value. */
        USE_THEIRS,
        /** What the system holds is left there; for a create: make no record; for one that is gone elsewhere: let it be. */
        LEAVE
    }

    /**
     * Identity changed.
     *
     * @param at when
     * @param seq the sequence number
     * @param change the change
     */
    record Identity(Instant at, long seq, IdentityChange change) implements Input {}

    /**
     * A record that is to be archived may be: it was counted in a budget, or approved.
     *
     * @param at when
     * @param seq the sequence number
     * @param link the link
     * @param system the system that it is to be archived at
     */
    record ArchiveLetGo(Instant at, long seq, String link, String system) implements Input {}

    /**
     * The person is erased: no value is kept.
     *
     * @param at when
     * @param seq the sequence number
     * @param link the link
     */
    record Erase(Instant at, long seq, String link) implements Input {}
}
