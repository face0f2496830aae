package dev.crmsync.spi.store;

/**
 * How much work is due.
 *
 * @param system the system
 * @param lane the lane
 * @param rows all rows
 * @param inFlight those whose write was begun
 * @param waiting those that wait for another link
 */
public record DueCount(String system, Lane lane, long rows, long inFlight, long waiting) {}
