package dev.crmsync.tests.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Maven module of this project as it lies on disk, found through the parent's list so that a new one is under law at once. */
record Module(String name, Path directory) {
    private static final Pattern LISTED = Pattern.compile("<module>([^<]+)</module>");
    private static final Set<String> UNPUBLISHED = Set.of("sync-tests", "sync-sandbox", "sync-benchmarks");

    static List<Module> all() {
        Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
        try {
            return LISTED.matcher(Files.readString(root.resolve("pom.xml")))
                    .results()
                    .map(match -> new Module(match.group(1), root.resolve(match.group(1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean published() {
        return !UNPUBLISHED.contains(name) && !name.startsWith("examples/");
    }

    Path classes() {
        return directory.resolve("target/classes");
    }

    Path testClasses() {
        return directory.resolve("target/test-classes");
    }

    /** Whether anybody has moved in; a law over an empty room is idle, over any other it must find something to judge. */
    boolean inhabited() {
        return !filesUnder(directory.resolve("src/main/java"), ".java").isEmpty();
    }

    boolean built() {
        return !filesUnder(classes(), ".class").isEmpty();
    }

    Set<String> packages() {
        return filesUnder(classes(), ".class").stream()
                .map(Path::getParent)
                .filter(directory -> directory != null)
                .map(directory -> directory.toString().replace('/', '.').replace('\\', '.'))
                .collect(Collectors.toSet());
    }

    Optional<ModuleDescriptor> descriptor() {
        Path file = classes().resolve("module-info.class");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return Optional.of(ModuleDescriptor.read(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> filesUnder(Path directory, String ending) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(directory::relativize)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
