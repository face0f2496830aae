package dev.crmsync.discovery;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;

/** A provider that has a name and makes nothing. */
public class ToyProvider implements AdapterProvider {
    private final String name;
    private final int version;

    public ToyProvider() {
        this("toy", SpiVersion.CURRENT);
    }

    ToyProvider(String name, int version) {
        this.name = name;
        this.version = version;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int spiVersion() {
        return version;
    }

    @Override
    public Adapter create(AdapterConfig config) {
        throw new UnsupportedOperationException("not part of discovery");
    }
}
