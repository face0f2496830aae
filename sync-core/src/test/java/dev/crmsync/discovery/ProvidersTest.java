package dev.crmsync.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    private static final class OtherProvider extends ToyProvider {
        OtherProvider(String name) {
            super(name, SpiVersion.CURRENT);
        }
    }

    @Test
    void a_registered_provider_wins_and_nothing_else_is_looked_for() {
        AdapterProvider mine = new ToyProvider("hubspot", SpiVersion.CURRENT);
        Providers providers = Providers.of(List.of(mine), () -> {
            throw new AssertionError("looked although it was registered");
        });

        assertThat(providers.find("hubspot")).isSameAs(mine);
    }

    @Test
    void one_provider_on_the_class_path_is_found() {
        AdapterProvider there = new ToyProvider("hubspot", SpiVersion.CURRENT);

        assertThat(Providers.of(List.of(), () -> List.of(new OtherProvider("kirim"), there))
                        .find("hubspot"))
                .isSameAs(there);
    }

    @Test
    void no_provider_names_the_artifact_to_add_and_what_is_known() {
        Providers providers =
                Providers.of(List.of(new OtherProvider("notion")), () -> List.of(new ToyProvider("kirim", 1)));

        assertConfigurationError(() -> providers.find("hubspot"))
                .hasMessageContaining("dev.crmsync:adapter-hubspot")
                .hasMessageContaining("register it")
                .hasMessageContaining("kirim, notion");
    }

    @Test
    void several_providers_of_a_name_are_named_with_the_remedy() {
        Providers providers =
                Providers.of(List.of(), () -> List.of(new ToyProvider("crm", 1), new OtherProvider("crm")));

        assertConfigurationError(() -> providers.find("crm"))
                .hasMessageContaining(ToyProvider.class.getName())
                .hasMessageContaining(OtherProvider.class.getName())
                .hasMessageContaining("keep the artifact of one");
    }

    @Test
    void two_registered_providers_of_a_name_are_refused() {
        Providers providers =
                Providers.of(List.of(new ToyProvider("crm", 1), new OtherProvider("crm")), ProviderLoader.none());

        assertConfigurationError(() -> providers.find("crm")).hasMessageContaining("register one");
    }

    @Test
    void a_provider_that_overlapping_loaders_find_twice_is_one() {
        assertThat(Providers.of(List.of(), () -> List.of(new ToyProvider("crm", 1), new ToyProvider("crm", 1)))
                        .find("crm")
                        .name())
                .isEqualTo("crm");
    }

    @Test
    void an_older_spi_asks_for_a_newer_adapter() {
        Providers providers =
                Providers.of(List.of(new ToyProvider("crm", SpiVersion.CURRENT - 1)), ProviderLoader.none());

        assertConfigurationError(() -> providers.find("crm"))
                .hasMessageContaining("version " + (SpiVersion.CURRENT - 1))
                .hasMessageContaining("use a newer version of the adapter, dev.crmsync:adapter-crm");
    }

    @Test
    void a_newer_spi_asks_for_a_newer_engine() {
        Providers providers = Providers.of(List.of(), () -> List.of(new ToyProvider("crm", SpiVersion.CURRENT + 1)));

        assertConfigurationError(() -> providers.find("crm"))
                .hasMessageContaining("use a newer version of dev.crmsync:sync-core");
    }

    @Test
    void a_provider_that_cannot_be_loaded_hides_no_other() {
        AdapterProvider good = new ToyProvider("crm", 1);
        Providers providers = Providers.of(List.of(), () -> failingThen(good));

        assertThat(providers.find("crm")).isSameAs(good);
        assertConfigurationError(() -> providers.find("broken"))
                .hasMessageContaining("could not be loaded: dev.example.Broken not found")
                .hasCauseInstanceOf(ServiceConfigurationError.class);
    }

    @Test
    void the_service_loader_finds_a_provider_in_an_artifact(@TempDir Path jar) throws Exception {
        try (URLClassLoader loader = classPath(artifact(jar.resolve("adapter-toy.jar")))) {
            assertThat(Providers.of(List.of(), ProviderLoader.of(loader))
                            .find("toy")
                            .getClass()
                            .getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void an_artifact_that_is_on_the_class_path_twice_is_named_with_its_places(@TempDir Path jars) throws Exception {
        URL first = artifact(jars.resolve("adapter-toy-1.0"));
        URL second = artifact(jars.resolve("adapter-toy-1.1"));
        try (URLClassLoader loader = classPath(first, second)) {
            assertConfigurationError(() ->
                            Providers.of(List.of(), ProviderLoader.of(loader)).find("toy"))
                    .hasMessageContaining("2 times")
                    .hasMessageContaining("adapter-toy-1.0")
                    .hasMessageContaining("adapter-toy-1.1")
                    .hasMessageContaining("keep one version of dev.crmsync:adapter-toy");
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertConfigurationError(
            ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        error -> assertThat(error.kind()).isEqualTo(SyncException.Kind.CONFIGURATION));
    }

    private static Iterable<AdapterProvider> failingThen(AdapterProvider good) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < 2;
            }

            @Override
            public AdapterProvider next() {
                if (next++ == 0) {
                    throw new ServiceConfigurationError("dev.example.Broken not found");
                }
                return good;
            }
        };
    }

    /** A directory that holds what an adapter's jar holds: the provider's class and its service entry. */
    private static URL artifact(Path directory) throws IOException {
        String resource = ToyProvider.class.getName().replace('.', '/') + ".class";
        Path target = directory.resolve(resource);
        Files.createDirectories(target.getParent());
        try (InputStream bytes = ToyProvider.class.getClassLoader().getResourceAsStream(resource)) {
            Files.write(target, bytes.readAllBytes());
        }
        Path services = directory.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve(AdapterProvider.class.getName()), ToyProvider.class.getName() + "\n");
        return directory.toUri().toURL();
    }

    /** A class path beside the test's own one, which hides the test's copy of the provider. */
    private static URLClassLoader classPath(URL... urls) {
        ClassLoader parent = new ClassLoader(ProvidersTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.equals(ToyProvider.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }

            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.contains("ToyProvider") ? Collections.emptyEnumeration() : super.getResources(name);
            }
        };
        return new URLClassLoader(urls, parent);
    }
}
