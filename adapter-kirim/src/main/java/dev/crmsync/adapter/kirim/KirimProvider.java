package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;

/**
 * Makes Kirim adapters; found by {@link java.util.ServiceLoader} under the name {@code kirim}. {@link Kirim} lists the
 * settings. Thread-safe.
 */
public final class KirimProvider implements AdapterProvider {
    /** The name by which configuration asks for Kirim. */
    static final String NAME = "kirim";

    /** Makes the provider. */
    public KirimProvider() {}

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
        return KirimAdapter.of(config);
    }
}
