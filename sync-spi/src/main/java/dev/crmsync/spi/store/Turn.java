package dev.crmsync.spi.store;

/**
 * Whose turn it is to have due work done.
 *
 * @param sync the sync
 * @param system the system
 * @param lane the lane
 */
public record Turn(String sync, String system, Lane lane) {}
