package dev.crmsync.spi.adapter;

/**
 * Makes adapters of one vendor from configuration. Registered explicitly, or found as a {@link java.util.ServiceLoader}
 * service of this type. Thread-safe.
 */
public interface AdapterProvider {
    /**
     * The vendor's name, by which configuration asks for it.
     *
     * @return lower-case letters, digits and hyphens, such as {@code hubspot}
     */
    String name();

    /**
     * The version of the SPI that this provider was compiled against: {@code return SpiVersion.CURRENT;}. The compiler
     * copies the constant into the provider, so it stays true when another SPI is on the class path.
     *
     * @return the version
     */
    int spiVersion();

    /**
     * Makes an adapter for one system. Does no network calls.
     *
     * @param config the system's name, settings and secrets
     * @return the adapter
     * @throws dev.crmsync.spi.SyncException of kind CONFIGURATION, naming the setting and the remedy, when a setting is
     *     missing or wrong
     */
    Adapter create(AdapterConfig config);
}
