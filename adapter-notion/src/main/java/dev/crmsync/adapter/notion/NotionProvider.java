package dev.crmsync.adapter.notion;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;

/**
 * Makes Notion adapters; found by {@link java.util.ServiceLoader} under the name {@code notion}. {@link Notion} lists the
 * settings. Thread-safe.
 */
public final class NotionProvider implements AdapterProvider {
    /** The name by which configuration asks for Notion. */
    static final String NAME = "notion";

    /** Makes the provider. */
    public NotionProvider() {}

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
        return NotionAdapter.of(config);
    }
}
