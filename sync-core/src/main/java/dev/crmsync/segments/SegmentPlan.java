package dev.crmsync.segments;

import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What mirroring a segment would do, as it was found out without doing it. Immutable.
 *
 * @param segment the segment and its label
 * @param hash names this very plan, for {@link Tagging#apply}
 * @param madeAt when it was made
 * @param labelId the id of the label, or null when there is none of that name and it would be made
 * @param listed how many members the segment has
 * @param complete whether the listing is known to be whole; when it is not, no label is taken off
 * @param attach how many contacts the label would be put on, those that bear it already included
 * @param added how many of these were not given it by an earlier run
 * @param detach how many contacts have left the segment since an earlier run, and would lose the label
 * @param unlinked how many members have no contact at the target as yet: they get the label in a later run
 * @param calls how many calls it would take at the target
 * @param time how long these take under the target's quotas, when nobody else calls
 * @param samples a few of the contacts that the label would be put on
 */
public record SegmentPlan(
        Segment segment,
        String hash,
        Instant madeAt,
        @Nullable String labelId,
        long listed,
        boolean complete,
        long attach,
        long added,
        long detach,
        long unlinked,
        long calls,
        Duration time,
        List<RecordRef> samples) {
    /** Copies the samples. */
    public SegmentPlan {
        samples = List.copyOf(samples);
    }

    @Override
    public String toString() {
        String made = labelId == null ? " (the label would be made)" : "";
        String partial = complete ? "" : "; the listing is not whole, so nothing is taken off";
        return "plan " + hash + " for " + segment + made + ": " + listed + " members, " + attach + " to be labelled, "
                + added
                + " of them for the first time, " + detach + " to lose it, " + unlinked + " unknown at the target, "
                + calls
                + " calls, " + time.toSeconds() + " s" + partial;
    }
}
