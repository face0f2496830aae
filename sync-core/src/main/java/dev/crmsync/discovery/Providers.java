package dev.crmsync.discovery;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the provider of a vendor's adapters by its name: first among those that were registered, then, and only when it
 * is not one of them, among those that a {@link ProviderLoader} finds. Whatever is not clear is an error that says what
 * to do. Thread-safe; what was found is not kept, for adapters are made once.
 */
public final class Providers {
    private final List<AdapterProvider> registered;
    private final ProviderLoader loader;

    private Providers(Collection<AdapterProvider> registered, ProviderLoader loader) {
        this.registered = List.copyOf(registered);
        this.loader = loader;
    }

    /**
     * Providers to choose from.
     *
     * @param registered those that were registered: they win over what is found
     * @param loader finds the others
     * @return the providers
     */
    public static Providers of(Collection<AdapterProvider> registered, ProviderLoader loader) {
        return new Providers(registered, loader);
    }

    /**
     * Finds a provider by its name.
     *
     * @param name the vendor's name, such as {@code hubspot}
     * @return the one provider of that name, compiled against this SPI
     * @throws SyncException of kind CONFIGURATION when there is none, more than one, one that is on the class path twice,
     *     or one that was compiled against another SPI
     */
    public AdapterProvider find(String name) {
        List<AdapterProvider> chosen = registered.stream()
                .filter(provider -> name.equals(provider.name()))
                .toList();
        if (chosen.size() > 1) {
            throw configuration(name, count(chosen) + " are registered; register one");
        }
        return chosen.isEmpty() ? discover(name) : compatible(chosen.get(0));
    }

    /**
     * Checks that a provider was compiled against this SPI.
     *
     * @param provider the provider
     * @return the same provider
     * @throws SyncException of kind CONFIGURATION that says which of the two artifacts to change
     */
    public static AdapterProvider compatible(AdapterProvider provider) {
        int version = provider.spiVersion();
        if (version != SpiVersion.CURRENT) {
            String remedy = version < SpiVersion.CURRENT
                    ? "use a newer version of the adapter, " + artifact(provider.name())
                            + " in the version of dev.crmsync:sync-core"
                    : "use a newer version of dev.crmsync:sync-core, or " + artifact(provider.name())
                            + " in its version";
            throw configuration(
                    provider.name(),
                    provider.getClass().getName() + " was compiled against version " + version
                            + " of the SPI, and this engine speaks version " + SpiVersion.CURRENT + "; " + remedy);
        }
        return provider;
    }

    private AdapterProvider discover(String name) {
        Discovered discovered = Discovered.by(loader);
        List<AdapterProvider> found = discovered.named(name);
        if (found.isEmpty()) {
            throw none(name, discovered);
        }
        if (found.size() > 1) {
            throw configuration(
                    name,
                    count(found) + " are on the class path; keep the artifact of one, or register the one you mean with"
                            + " the engine");
        }
        AdapterProvider only = found.get(0);
        List<String> places = Discovered.places(only);
        if (places.size() > 1) {
            throw configuration(
                    name,
                    only.getClass().getName() + " is on the class path " + places.size() + " times ("
                            + String.join(", ", places) + "), so its classes may be mixed; keep one version of "
                            + artifact(name));
        }
        return compatible(only);
    }

    private SyncException none(String name, Discovered discovered) {
        List<String> known = new ArrayList<>(discovered.names());
        registered.forEach(provider -> known.add(provider.name()));
        StringBuilder message = new StringBuilder(
                        "there is none; add its artifact to the class path (for an adapter of")
                .append(" this project ")
                .append(artifact(name))
                .append("), or register it with the engine. Known are: ")
                .append(
                        known.isEmpty()
                                ? "none"
                                : known.stream().sorted().distinct().collect(Collectors.joining(", ")));
        @Nullable Throwable cause = null;
        for (Throwable failure : discovered.failures()) {
            message.append(". One was found and could not be loaded: ").append(failure.getMessage());
            cause = failure;
        }
        return configuration(name, message.toString(), cause);
    }

    private static String count(List<AdapterProvider> providers) {
        return providers.size() + " of that name ("
                + providers.stream()
                        .map(provider -> provider.getClass().getName())
                        .sorted()
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String artifact(String name) {
        return "dev.crmsync:adapter-" + name;
    }

    private static SyncException configuration(String name, String problem) {
        return configuration(name, problem, null);
    }

    private static SyncException configuration(String name, String problem, @Nullable Throwable cause) {
        String message = "adapter provider '" + name + "': " + problem;
        return (cause == null
                        ? SyncException.configuration(message)
                        : SyncException.of(SyncException.Kind.CONFIGURATION, message, cause))
                .about(name);
    }
}
