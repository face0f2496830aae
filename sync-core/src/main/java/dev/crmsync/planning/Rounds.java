package dev.crmsync.planning;

import java.time.Instant;

/**
 * How often the same thing has happened in a row to a value that we had brought to a system: the same other value took its
 * place there.
 *
 * @param turn which value took the place of which, as a hash: equal for the same two
 * @param count how often it happened, from 1
 * @param since when it happened first
 */
public record Rounds(int turn, int count, Instant since) {}
