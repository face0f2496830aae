package dev.crmsync.planning;

import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A raw value that we sent to one slot and whose echo may still come.
 *
 * @param raw what we sent
 * @param shown how the system was proved to show it, or null when it is not known to change it
 * @param at when it was sent, on the engine's clock
 */
public record Sent(NativeValue raw, @Nullable NativeValue shown, Instant at) {}
