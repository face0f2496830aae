package com.example.ledgerly;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;

/**
 * Makes Ledgerly adapters; found by {@link java.util.ServiceLoader} under the name {@code ledgerly}.
 * {@link LedgerlySettings} lists the settings. Thread-safe.
 */
public final class LedgerlyProvider implements AdapterProvider {
    /** The name by which configuration asks for Ledgerly. */
    public static final String NAME = "ledgerly";

    /** Makes the provider, as the ServiceLoader needs it. */
    public LedgerlyProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    /** The compiler copies the number in here: an engine of another generation notices before it starts. */
    @Override
    public int spiVersion() {
        return SpiVersion.CURRENT;
    }

    /** No network here: a host must start while a vendor is down. */
    @Override
    public Adapter create(AdapterConfig config) {
        return new LedgerlyAdapter(config, LedgerlySettings.of(config));
    }
}
