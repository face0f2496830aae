package dev.crmsync.discovery;

import dev.crmsync.spi.adapter.AdapterProvider;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.TreeSet;

/** What a loader found: a provider that cannot be loaded hides none of the others. */
final class Discovered {
    /** A loader that fails for ever would otherwise never come to an end. */
    private static final int MOST_FAILURES = 100;

    private final Map<Class<?>, AdapterProvider> byClass = new LinkedHashMap<>();
    private final Map<Class<?>, String> names = new LinkedHashMap<>();
    private final List<Throwable> failures = new ArrayList<>();

    private Discovered() {}

    static Discovered by(ProviderLoader loader) {
        Discovered discovered = new Discovered();
        Iterator<AdapterProvider> found = loader.load().iterator();
        while (discovered.failures.size() < MOST_FAILURES && discovered.takeNext(found)) {}
        return discovered;
    }

    private boolean takeNext(Iterator<AdapterProvider> found) {
        try {
            if (!found.hasNext()) {
                return false;
            }
            AdapterProvider provider = found.next();
            names.put(provider.getClass(), provider.name());
            byClass.put(provider.getClass(), provider);
        } catch (ServiceConfigurationError | LinkageError failure) {
            failures.add(failure);
        }
        return true;
    }

    /** The providers of a name, one for each class: loaders that overlap find the same one twice. */
    List<AdapterProvider> named(String name) {
        return byClass.entrySet().stream()
                .filter(entry -> name.equals(names.get(entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    List<String> names() {
        return List.copyOf(names.values());
    }

    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Where a provider's class lies, as its own class loader sees it: two places are two versions of one artifact. */
    static List<String> places(AdapterProvider provider) {
        ClassLoader loader = provider.getClass().getClassLoader();
        String resource = provider.getClass().getName().replace('.', '/') + ".class";
        TreeSet<String> places = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(resource))) {
                String text = url.toString();
                places.add(text.substring(0, text.length() - resource.length()));
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return List.copyOf(places);
    }
}
