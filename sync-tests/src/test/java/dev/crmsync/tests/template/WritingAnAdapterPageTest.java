package dev.crmsync.tests.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.testkit.adapter.AdapterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WritingAnAdapterPageTest {
    private static final Pattern RULE = Pattern.compile("\\bA(\\d+)(?: to A(\\d+))?\\b");
    private static final Pattern HERE = Pattern.compile("\\]\\(#([a-z-]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("\\]\\(([^#)]+?)(?:#[a-z-]+)?\\)");

    /** Without white space, about which each page has its own taste. */
    private static String bare(String code) {
        return code.replaceAll("\\s", "");
    }

    @Test
    void each_quoted_snippet_stands_in_the_template_that_the_build_compiles() {
        List<String> sources = AdapterPage.sources().stream()
                .map(WritingAnAdapterPageTest::bare)
                .toList();
        assertThat(AdapterPage.quotes("java"))
                .hasSizeGreaterThan(20)
                .allSatisfy(snippet -> assertThat(sources)
                        .as("no file of examples/adapter-template has this any more:\n" + snippet)
                        .anyMatch(source -> source.contains(bare(snippet))));
    }

    @Test
    void each_rule_that_the_page_names_is_one_of_the_contract() {
        Set<String> rules = AdapterContract.rules().stream()
                .map(AdapterContract.Rule::number)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>();
        for (MatchResult found : RULE.matcher(AdapterPage.text()).results().toList()) {
            named.add("A" + found.group(1));
            if (found.group(2) != null) {
                named.add("A" + found.group(2));
            }
        }
        assertThat(named).hasSizeGreaterThan(40).isSubsetOf(rules);
    }

    @Test
    void each_capability_of_the_spi_is_named() throws IOException {
        Path spi = AdapterPage.HOUSE.resolve("sync-spi/src/main/java/dev/crmsync/spi/adapter");
        String page = AdapterPage.text();
        try (Stream<Path> files = Files.list(spi)) {
            List<String> capabilities = files.filter(
                            file -> AdapterPage.read(file).contains("\n/** Can "))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            assertThat(capabilities)
                    .hasSizeGreaterThan(12)
                    .allSatisfy(capability -> assertThat(page).contains("`" + capability + "`"));
        }
    }

    @Test
    void each_link_of_the_page_leads_somewhere() {
        String page = AdapterPage.text();
        List<String> titles = page.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z -]", "")
                        .replace(' ', '-'))
                .toList();
        assertThat(HERE.matcher(page).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(10)
                .isSubsetOf(titles);
        assertThat(ELSEWHERE.matcher(page).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(3)
                .allSatisfy(link -> assertThat(AdapterPage.HOUSE.resolve("docs").resolve(link))
                        .exists());
    }
}
