package dev.crmsync.tests.readme;

import static dev.crmsync.planning.Reason.OVERRULED_BY_OWNER;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policies;
import dev.crmsync.testkit.policy.PolicyTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
    private static final Path HERE = Path.of("src", "test", "java", "dev", "crmsync", "tests", "readme");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** What a test of this class runs, README.md shows. */
    @Test
    void a_policy_is_tested_without_an_engine() {
        PolicyTest policy = PolicyTest.of(Policies.guide().kirim("kirim").primaryCrm("crm"));

        policy.given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .when("kirim", NAME, "budi 🌴")
                .then("crm", NAME, "Budi Santoso")
                .because(OVERRULED_BY_OWNER);
    }

    @Test
    void each_snippet_of_the_readme_is_code_that_the_build_compiles() throws IOException {
        String compiled = bare(
                Files.readString(HERE.resolve("FirstScreen.java")) + Files.readString(HERE.resolve("ReadmeTest.java")));

        List<String> snippets = snippets(Files.readString(HOUSE.resolve("README.md")));

        assertThat(snippets)
                .hasSize(2)
                .allSatisfy(snippet -> assertThat(compiled)
                        .as(
                                "README.md has drifted from the code; what it shows must stand in FirstScreen or ReadmeTest")
                        .contains(bare(snippet)));
        assertThat(compiled).doesNotContain(bare(snippets.get(0).replace("dryRun", "drySwim")));
    }

    @Test
    void each_snippet_of_the_set_up_is_code_that_the_build_compiles() throws IOException {
        String compiled = bare(Files.readString(HERE.resolve("SetUpSteps.java")));

        assertThat(snippets(Files.readString(HOUSE.resolve("docs/set-up.md"))))
                .hasSize(5)
                .allSatisfy(snippet -> assertThat(compiled)
                        .as("docs/set-up.md has drifted from the code; what it shows must stand in SetUpSteps")
                        .contains(bare(snippet)));
    }

    @Test
    void the_first_screen_shows_about_a_dozen_lines() throws IOException {
        String readme = Files.readString(HOUSE.resolve("README.md"));

        assertThat(snippets(readme).get(0).lines()).hasSizeBetween(10, 15);
        assertThat(readme.substring(0, readme.indexOf("```java")).lines()).hasSizeLessThan(20);
    }

    @Test
    void all_that_the_quickstart_embeds_the_engine_with_is_at_most_100_lines() throws IOException {
        Path quickstart = HOUSE.resolve("examples/quickstart/src/main/java/dev/crmsync/quickstart");
        List<String> embedding = Files.readAllLines(quickstart.resolve("Embedding.java"));

        // The systems of a sync are chosen by an option, so that the CRM's own lines stand beside it.
        for (String account : List.of("HubSpotAccount.java", "PipedriveAccount.java")) {
            List<String> lines = Files.readAllLines(quickstart.resolve(account));
            int begin = lines.indexOf("    public SystemDefinition system(URI webhooks, Notes notes) {");
            int end = begin + lines.subList(begin, lines.size()).indexOf("    }");
            assertThat(embedding.size() + end - begin).as(account).isBetween(embedding.size() + 5, 100);
        }
    }

    private static List<String> snippets(String markdown) {
        List<String> snippets = new ArrayList<>();
        Matcher matcher = JAVA.matcher(markdown);
        while (matcher.find()) {
            snippets.add(matcher.group(1));
        }
        return snippets;
    }

    /** Without comments at the ends of lines, and without the white space that each page has its own taste about. */
    private static String bare(String code) {
        return code.replaceAll("(?m)\\s//.*$", "").replaceAll("\\s", "");
    }
}
