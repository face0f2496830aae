package dev.crmsync.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/policy-gallery.md shows what {@link PolicyGalleryTest} runs, word for word. */
class GalleryDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "policy-gallery.md");
    private static final Path CLASS =
            Path.of("src", "test", "java", "dev", "crmsync", "testkit", "policy", "PolicyGalleryTest.java");
    private static final Pattern METHOD =
            Pattern.compile("    @Test\n    void (\\w+)\\(\\) \\{\n(.*?)\n    }\n", Pattern.DOTALL);
    private static final Pattern SECTION = Pattern.compile("## (.+?)\n+```java\n(.*?)```", Pattern.DOTALL);

    private static Map<String, String> found(Pattern pattern, Path file) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2).stripIndent().strip());
        }
        return found;
    }

    private static String title(String method) {
        String words = method.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    @Test
    void each_snippet_is_the_body_of_a_test_that_the_build_runs() throws IOException {
        Map<String, String> run = new LinkedHashMap<>();
        found(METHOD, CLASS).forEach((method, body) -> run.put(title(method), body));

        assertThat(found(SECTION, DOCUMENT))
                .as("docs/policy-gallery.md has drifted from PolicyGalleryTest: each section bears a method's name and"
                        + " shows its body as it stands there")
                .containsExactlyEntriesOf(run);
        assertThat(run).hasSizeGreaterThanOrEqualTo(20);
    }
}
