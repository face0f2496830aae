package dev.crmsync.engine;

import dev.crmsync.planning.Composition;
import dev.crmsync.planning.IdentityStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a link was at one moment. {@link #text()} is for people and shows the ids of records; {@link #toString()} shows none.
 * Nothing is guessed: what is not kept is {@link State#NOT_KEPT}. Immutable.
 *
 * @param link the link that was asked about
 * @param at the moment; what changed at that moment had changed
 * @param state what it was
 * @param since since when it was so; of a link that had not begun, when it did; of one of which it is not kept, from when on all
 *     is kept; null when that is longer ago than the journal reaches back
 * @param takenOver who had taken it over by then, and whom that one, in order; empty when nobody had
 * @param records of which records it consisted, or the link that stood for it; null when it had none, or that is not kept
 * @param last the last step of the identity log up to that moment, or null when none is kept
 * @param next the first one afterwards, or null when there was none
 */
public record IdentityAsOf(
        String link,
        Instant at,
        State state,
        @Nullable Instant since,
        List<TakenOver> takenOver,
        @Nullable Composition records,
        @Nullable IdentityStep last,
        @Nullable IdentityStep next) {
    /** Copies the list. */
    public IdentityAsOf {
        takenOver = List.copyOf(takenOver);
    }

    /** What a link was at a moment. */
    public enum State {
        /** It consisted of these records. */
        STOOD,
        /** Another link had taken it over. */
        TAKEN_OVER,
        /** It began later. */
        NOT_YET,
        /** The person was erased, then or since: nothing is kept of who it was. */
        ERASED,
        /** The journal does not reach back so far, or what was asked was not written down then. */
        NOT_KEPT
    }

    /**
     * That a link was taken over.
     *
     * @param by the link that took it over
     * @param at when, or null when that is longer ago than the journal reaches back
     */
    public record TakenOver(String by, @Nullable Instant at) {}

    /**
     * The link that stood for this one at that moment.
     *
     * @return the link itself, the last of those that took it over, or empty when it had not begun, was erased, or that is not kept
     */
    public Optional<String> stoodAs() {
        return switch (state) {
            case STOOD -> Optional.of(link);
            case TAKEN_OVER -> Optional.of(takenOver.get(takenOver.size() - 1).by());
            case NOT_YET, ERASED, NOT_KEPT -> Optional.empty();
        };
    }

    /**
     * The whole answer in words.
     *
     * @return lines of text, with the ids of records
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Link " + link + " at " + at + ": " + words());
        takenOver.forEach(other -> lines.add("  taken over by link " + other.by() + longAgo(other.at())));
        if (records != null) {
            IdentityWording.of(records).forEach(line -> lines.add("  " + line));
        }
        if (last != null) {
            lines.add("Last change up to then, " + last.at() + ": " + IdentityWording.of(last));
        }
        if (next != null) {
            lines.add("Next change, " + next.at() + ": " + IdentityWording.of(next));
        }
        return String.join("\n", lines);
    }

    private String words() {
        return switch (state) {
            case STOOD -> "it consisted of these records" + longAgo(since);
            case TAKEN_OVER -> "it was a part of another link" + longAgo(since);
            case NOT_YET -> "it had not begun; it began at " + since;
            case ERASED -> "ERASED" + longAgo(since) + "; nothing is kept of who it was";
            case NOT_KEPT -> "who it was is not kept; the identity log is whole from " + since + " on";
        };
    }

    private static String longAgo(@Nullable Instant since) {
        return since == null ? ", since longer ago than the journal reaches back" : ", since " + since;
    }

    @Override
    public String toString() {
        return "IdentityAsOf[" + link + " at " + at + ", " + state + "]";
    }
}
