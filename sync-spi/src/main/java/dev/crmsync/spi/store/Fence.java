package dev.crmsync.spi.store;

/**
 * A lease as it was held when work began: a commit under it loses once the lease has changed hands.
 *
 * @param lease the lease's name
 * @param token its fencing token
 */
public record Fence(String lease, long token) {}
