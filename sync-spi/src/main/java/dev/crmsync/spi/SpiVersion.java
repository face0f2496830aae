package dev.crmsync.spi;

/**
 * The version of this SPI as a compile-time constant. A provider returns {@link #CURRENT} from its
 * {@code spiVersion()}; the compiler copies the number into the provider's class file, so that an engine of another
 * generation can tell which SPI the provider was really compiled against.
 */
public final class SpiVersion {
    /** The version of the SPI in this artifact. It grows by one with each change that is not compatible. */
    public static final int CURRENT = 1;

    private SpiVersion() {}
}
