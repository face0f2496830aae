package dev.crmsync.planning;

import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;

/**
 * What a system was last seen to hold in one slot.
 *
 * @param raw the raw native value
 * @param asOf when it was true, on the system's clock
 */
public record Seen(NativeValue raw, AsOf asOf) {}
