package dev.crmsync.planning;

/**
 * A read that is wanted of one record.
 *
 * @param reason why
 * @param seq since when, by the link's sequence
 * @param raced how many answers were overtaken by something that arrived between issue and answer
 */
public record WantedRead(Reason reason, long seq, int raced) {}
