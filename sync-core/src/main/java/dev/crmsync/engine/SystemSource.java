package dev.crmsync.engine;

import dev.crmsync.discovery.Providers;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a system's adapter is made from: a definition that knows its provider, or the name of one. */
record SystemSource(
        @Nullable SystemDefinition definition,
        String vendor,
        Map<String, String> settings,
        Map<String, SecretSource> secrets) {
    SystemSource {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    AdapterProvider provider(Providers providers) {
        return definition == null ? providers.find(vendor) : Providers.compatible(definition.provider());
    }

    @Override
    public String toString() {
        return "SystemSource["
                + (definition == null ? vendor : definition.provider().name()) + "]";
    }
}
