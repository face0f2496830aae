package dev.crmsync.replay;

import java.util.List;

/**
 * One step that came to something else when it was planned again. Immutable.
 *
 * @param step its place in the recording, from 0
 * @param seq its sequence number
 * @param kind what kind of input it is, such as {@code Observed}
 * @param links the links that it touches
 * @param recorded what was decided and due by the recording and not again, in words, without values
 * @param replayed what was decided and due this time and not by the recording, in words, without values
 */
public record Difference(
        int step, long seq, String kind, List<String> links, List<String> recorded, List<String> replayed) {
    /** Copies the lists. */
    public Difference {
        links = List.copyOf(links);
        recorded = List.copyOf(recorded);
        replayed = List.copyOf(replayed);
    }

    @Override
    public String toString() {
        return "step " + step + " (" + kind + " " + seq + " of " + String.join(", ", links) + "): recorded " + recorded
                + ", replayed " + replayed;
    }
}
