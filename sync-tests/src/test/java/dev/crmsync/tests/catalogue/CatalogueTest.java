package dev.crmsync.tests.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.lint.LintRule;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each code that people may meet has a section that says what it means and what to do, and no section is orphaned. */
class CatalogueTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([a-z-]+\\.md)(?:#([a-z_-]+))?\\)");

    private static void explains(String page, List<String> codes) throws IOException {
        Map<String, String> sections = Page.sections(page);
        assertThat(sections.keySet())
                .as("docs/" + page + " has one section for each code, in the order of the code")
                .containsExactlyElementsOf(codes);
        assertThat(sections).allSatisfy((code, text) -> {
            assertThat(text).as(code).contains("**What to do:**");
            assertThat(text.lines()).as(code).hasSizeLessThan(10);
        });
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    @Test
    void each_reason_code_is_explained() throws IOException {
        explains("reasons.md", names(Reason.values()));
    }

    @Test
    void each_stance_is_explained() throws IOException {
        explains("stances.md", names(Stance.values()));
    }

    @Test
    void each_lint_rule_is_explained() throws IOException {
        explains("lint.md", Arrays.stream(LintRule.values()).map(LintRule::id).toList());
    }

    @Test
    void a_finding_names_the_section_that_explains_its_rule() {
        assertThat(LintRule.values())
                .allSatisfy(rule -> assertThat(rule.documentation()).isEqualTo("docs/lint.md#" + rule.id()));
    }

    @Test
    void each_link_between_these_pages_leads_somewhere() throws IOException {
        for (String page : List.of(
                "reasons.md",
                "stances.md",
                "lint.md",
                "traps.md",
                "incidents.md",
                "identity.md",
                "policies.md",
                "guide.md",
                "set-up.md",
                "operations.md",
                "policy-gallery.md",
                "adapter-contract.md",
                "writing-an-adapter.md")) {
            Matcher link = LINK.matcher(Page.text(page));
            while (link.find()) {
                assertThat(Page.HOUSE.resolve("docs").resolve(link.group(1))).exists();
                if (link.group(2) != null) {
                    Stream<String> anchors = Page.sections(link.group(1)).keySet().stream()
                            .map(title -> title.toLowerCase(Locale.ROOT).replace(' ', '-'));
                    assertThat(anchors).as(page + " links to " + link.group()).contains(link.group(2));
                }
            }
        }
    }

    @Test
    void the_traps_of_the_guide_are_each_answered_by_tests_that_exist() throws IOException {
        assertThat(rows("traps.md", "| T")).hasSize(9).allSatisfy(CatalogueTest::namesATest);
        testsExist("traps.md");
    }

    @Test
    void each_situation_of_identity_is_shown_by_tests_that_exist() throws IOException {
        String page = Page.text("identity.md");
        String situations = page.substring(page.indexOf("## Situations"));
        assertThat(situations.lines().filter(line -> line.startsWith("| ")).skip(1))
                .hasSizeGreaterThan(30)
                .allSatisfy(line -> assertThat(line).containsPattern("`[A-Z]\\w+Test\\.\\w+`"));
        testsExist("identity.md");
    }

    @Test
    void each_identity_change_is_explained() throws IOException {
        String page = Page.text("identity.md");
        assertThat(IdentityChange.class.getPermittedSubclasses())
                .allSatisfy(change -> assertThat(page).contains("`" + change.getSimpleName() + "`"));
    }

    @Test
    void each_incident_and_each_feature_is_answered_by_tests_that_exist() throws IOException {
        List<String> rows = Page.text("incidents.md")
                .lines()
                .filter(line -> line.matches("\\| \\d+ .*"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(40).allSatisfy(CatalogueTest::namesATest);
        testsExist("incidents.md");
    }

    @Test
    void each_point_of_the_guide_is_answered_by_a_test_that_exists() throws IOException {
        String page = Page.text("guide.md");
        String points = page.substring(page.indexOf("## The guide, point by point"));
        assertThat(points.lines()
                        .filter(line ->
                                line.startsWith("| ") && !line.matches("\\| (the guide|in doubt|what comes).*")))
                .hasSizeGreaterThan(45)
                .allSatisfy(CatalogueTest::namesATest);
        testsExist("guide.md");
    }

    private static List<String> rows(String page, String start) throws IOException {
        return Page.text(page).lines().filter(line -> line.startsWith(start)).toList();
    }

    private static void namesATest(String row) {
        assertThat(row).containsPattern("`[A-Z]\\w+Test\\.\\w+`");
    }

    private static void testsExist(String page) throws IOException {
        Map<String, Path> tests = tests();
        Matcher named = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`").matcher(Page.text(page));
        boolean any = false;
        while (named.find()) {
            any = true;
            assertThat(tests).as(page).containsKey(named.group(1));
            assertThat(Files.readString(tests.get(named.group(1))))
                    .as(page + ": " + named.group())
                    .contains("void " + named.group(2) + "(");
        }
        assertThat(any).as(page).isTrue();
    }

    /** The sources of all tests by the names of their classes, which must be told apart. */
    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Page.HOUSE)) {
            return files.filter(file -> file.toString().contains("/src/test/")
                            && file.getFileName().toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, other) -> one,
                            TreeMap::new));
        }
    }
}
