package dev.crmsync.planning;

import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import org.jspecify.annotations.Nullable;

/**
 * What a system was last seen to hold in one slot.
 *
 * @param raw the raw native value
 * @param asOf when it was true, on the system's clock
 * @param link for a reference the link that the raw id stands for, or null
 */
public record Seen(NativeValue raw, AsOf asOf, @Nullable String link) {
    /**
     * A value that refers to no other link.
     *
     * @param raw the raw native value
     * @param asOf when it was true
     */
    public Seen(NativeValue raw, AsOf asOf) {
        this(raw, asOf, null);
    }
}
