package dev.crmsync.pull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one round of pulling did.
 *
 * @param worked whether anything was done, so that another round may find more
 * @param next when the next round has something to do, or null when there is nothing to pull at all
 */
public record Pulled(boolean worked, @Nullable Instant next) {}
