package dev.crmsync.cli;

import dev.crmsync.discovery.ProviderLoader;
import dev.crmsync.discovery.Providers;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.mapping.Mapping;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A system as its vendor's adapter declares it: read from the adapter without a call, a credential or a network. Secrets
 * that the adapter asks for are stood in for.
 *
 * @param system the system's name in the policy
 * @param vendor the adapter's name
 * @param settings the adapter's settings
 */
record Vendor(String system, String vendor, Map<String, String> settings) {
    private static final SecretSource STAND_IN = SecretSource.of("a-secret-that-opens-nothing");

    /**
     * What planning needs to know of the system.
     *
     * @param changed mappings that stand in for the adapter's own, of one record type each
     */
    SystemRules rules(List<Mapping> changed) {
        AdapterProvider provider = Providers.of(List.of(), ProviderLoader.of(Vendor.class.getClassLoader()))
                .find(vendor);
        try (Adapter adapter = create(provider)) {
            Map<String, Mapping> mappings = new TreeMap<>();
            adapter.defaultMappings().forEach(mapping -> mappings.put(mapping.type(), mapping));
            changed.forEach(mapping -> mappings.put(mapping.type(), mapping));
            return new SystemRules(adapter.declaration(), mappings);
        }
    }

    private Adapter create(AdapterProvider provider) {
        Map<String, SecretSource> secrets = new HashMap<>();
        while (true) {
            try {
                return provider.create(new AdapterConfig(
                        system, settings, secrets, SecretSink.refusing(), InstantSource.system(), report -> {}));
            } catch (SyncException e) {
                String missing = e.subject().orElse("");
                if (e.kind() != SyncException.Kind.CONFIGURATION
                        || missing.isEmpty()
                        || settings.containsKey(missing)
                        || secrets.putIfAbsent(missing, STAND_IN) != null) {
                    throw SyncException.of(
                            e.kind(), e.getMessage() + " (here: --set " + system + "." + missing + "=VALUE)", e);
                }
            }
        }
    }
}
