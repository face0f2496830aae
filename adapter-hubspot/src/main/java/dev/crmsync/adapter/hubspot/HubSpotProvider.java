package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;

/**
 * Makes HubSpot adapters; found by {@link java.util.ServiceLoader} under the name {@code hubspot}. {@link HubSpot} lists
 * the settings. Thread-safe.
 */
public final class HubSpotProvider implements AdapterProvider {
    /** The name by which configuration asks for HubSpot. */
    static final String NAME = "hubspot";

    /** Makes the provider. */
    public HubSpotProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int spiVersion() {
        return SpiVersion.CURRENT;
    }

    @Override
    public Adapter create(AdapterConfig config) {
        return HubSpotAdapter.of(config);
    }
}
