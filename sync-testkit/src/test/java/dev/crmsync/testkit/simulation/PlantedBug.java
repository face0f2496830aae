package dev.crmsync.testkit.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A bug of a few characters that somebody could put into the engine: a patch, and a heading that says what it is, where it is
 * from, and which law has to break.
 *
 * @param name the patch's file name without its ending
 * @param what what it is, in words
 * @param from the incident or the echo case that it brings back
 * @param where a regular expression that finds the grounds on which it is hunted: it can do nothing on others
 * @param law the law that has to break; 0 when no such history comes to rest
 * @param patch the patch
 */
record PlantedBug(String name, String what, String from, String where, int law, PlantedPatch patch) {
    private static final Path CATALOGUE = Path.of("src/test/planted");
    private static final String ENDING = ".patch";

    /** All of the catalogue, by name. */
    static List<PlantedBug> all() {
        try (Stream<Path> files = Files.list(CATALOGUE)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(PlantedBug::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PlantedBug read(Path file) {
        String name = file.getFileName().toString().replace(ENDING, "");
        try {
            List<String> lines = Files.readAllLines(file);
            Map<String, String> heading = new TreeMap<>();
            int line = 0;
            while (line < lines.size() && !lines.get(line).startsWith("--- ")) {
                String[] entry = lines.get(line++).split(": ", 2);
                if (entry.length == 2) {
                    heading.put(entry[0], entry[1]);
                }
            }
            return new PlantedBug(
                    name,
                    told(name, heading, "Bug"),
                    told(name, heading, "From"),
                    heading.getOrDefault("Where", ".*"),
                    Integer.parseInt(told(name, heading, "Law")),
                    PlantedPatch.of(new ArrayList<>(lines.subList(line, lines.size()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String told(String name, Map<String, String> heading, String what) {
        return Objects.requireNonNull(heading.get(what), name + " does not say: " + what);
    }
}
