package dev.crmsync.tests.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** docs/writing-an-adapter.md and the template that it quotes. */
final class AdapterPage {
    static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
    static final Path TEMPLATE = HOUSE.resolve("examples/adapter-template");

    private static final Pattern FENCE = Pattern.compile("(?m)^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL);

    private AdapterPage() {}

    static String text() {
        return read(HOUSE.resolve("docs/writing-an-adapter.md"));
    }

    /** What is quoted, in order: Java, or plain text where no language is named. */
    static List<String> quotes(String language) {
        Matcher fence = FENCE.matcher(text());
        return fence.results()
                .filter(found -> found.group(1).equals(language))
                .map((MatchResult found) -> found.group(2).strip())
                .toList();
    }

    /** The template's Java sources, each by itself. */
    static List<String> sources() {
        try (Stream<Path> files = Files.walk(TEMPLATE.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(AdapterPage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
