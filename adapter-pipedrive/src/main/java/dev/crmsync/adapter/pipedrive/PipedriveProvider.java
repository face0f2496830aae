package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;

/**
 * Makes Pipedrive adapters; found by {@link java.util.ServiceLoader} under the name {@code pipedrive}. {@link Pipedrive}
 * lists the settings. Thread-safe.
 */
public final class PipedriveProvider implements AdapterProvider {
    /** The name by which configuration asks for Pipedrive. */
    static final String NAME = "pipedrive";

    /** Makes the provider. */
    public PipedriveProvider() {}

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
        return PipedriveAdapter.of(config);
    }
}
