package dev.crmsync.tests.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation. */
final class Page {
    static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SECTION = Pattern.compile("^## (.+)\n((?:(?!## ).*\n)*)", Pattern.MULTILINE);

    private Page() {}

    static String text(String name) throws IOException {
        return Files.readString(HOUSE.resolve("docs").resolve(name));
    }

    /** The sections of the second level, by their titles, in order. */
    static Map<String, String> sections(String name) throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher matcher = SECTION.matcher(text(name));
        while (matcher.find()) {
            if (sections.put(matcher.group(1), matcher.group(2)) != null) {
                throw new AssertionError(name + " explains " + matcher.group(1) + " twice");
            }
        }
        return sections;
    }
}
