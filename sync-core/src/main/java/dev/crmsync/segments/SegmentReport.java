package dev.crmsync.segments;

/**
 * What mirroring a segment has done. Immutable.
 *
 * @param segment the segment and its label
 * @param planHash the plan that was applied
 * @param labelId the id of the label
 * @param applied how many contacts the vendor says bear the label now, of those that it was put on
 * @param skipped how many it passed over; {@link Tagging#findSkipped} finds out which
 * @param removed how many contacts lost the label
 */
public record SegmentReport(
        Segment segment, String planHash, String labelId, long applied, long skipped, long removed) {}
