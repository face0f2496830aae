package dev.crmsync.discovery;

import dev.crmsync.spi.adapter.AdapterProvider;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds adapter providers that nobody registered. Hosts with class loaders of their own (plug-ins, OSGi, native images)
 * supply one; others use {@link #of(ClassLoader)}. Thread-safe.
 */
@FunctionalInterface
public interface ProviderLoader {
    /**
     * Finds providers.
     *
     * @return the providers; its iterator may throw a {@link java.util.ServiceConfigurationError} for one that cannot be
     *     loaded, and then go on with the next
     */
    Iterable<AdapterProvider> load();

    /**
     * Finds what {@link ServiceLoader} finds.
     *
     * @param loader the class loader to look in, with its parents
     * @return the loader
     */
    static ProviderLoader of(ClassLoader loader) {
        return () -> ServiceLoader.load(AdapterProvider.class, loader);
    }

    /**
     * Finds nothing: only what was registered is used.
     *
     * @return the loader
     */
    static ProviderLoader none() {
        return List::of;
    }
}
