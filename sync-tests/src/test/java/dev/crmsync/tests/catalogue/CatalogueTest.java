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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        for (String page :
                List.of("reasons.md", "stances.md", "lint.md", "traps.md", "policy-gallery.md", "identity.md")) {
            Matcher link = LINK.matcher(Page.text(page));
            while (link.find()) {
                assertThat(Page.HOUSE.resolve("docs").resolve(link.group(1))).exists();
                if (link.group(2) != null) {
                    Stream<String> anchors =
                            Page.sections(link.group(1)).keySet().stream().map(title -> title.toLowerCase(Locale.ROOT));
                    assertThat(anchors).as(page + " links to " + link.group()).contains(link.group(2));
                }
            }
        }
    }

    @Test
    void the_traps_of_the_guide_are_each_answered_by_tests_that_exist() throws IOException {
        String page = Page.text("traps.md");
        assertThat(page.lines().filter(line -> line.startsWith("| T")))
                .hasSize(9)
                .allSatisfy(line -> assertThat(line).containsPattern("`[A-Z]\\w+Test\\.\\w+`"));

        testsExist(page);
    }

    @Test
    void each_situation_of_identity_is_shown_by_tests_that_exist() throws IOException {
        String page = Page.text("identity.md");
        String situations = page.substring(page.indexOf("## Situations"));
        assertThat(situations.lines().filter(line -> line.startsWith("| ")).skip(1))
                .hasSizeGreaterThan(30)
                .allSatisfy(line -> assertThat(line).containsPattern("`[A-Z]\\w+Test\\.\\w+`"));
        testsExist(situations);
    }

    @Test
    void each_identity_change_is_explained() throws IOException {
        String page = Page.text("identity.md");
        assertThat(IdentityChange.class.getPermittedSubclasses())
                .allSatisfy(change -> assertThat(page).contains("`" + change.getSimpleName() + "`"));
    }

    private static void testsExist(String page) throws IOException {
        Matcher named = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`").matcher(page);
        while (named.find()) {
            assertThat(source(named.group(1))).as(named.group()).contains("void " + named.group(2) + "(");
        }
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.walk(Page.HOUSE)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().equals(test + ".java"))
                    .toList();
            assertThat(found).as(test).hasSize(1);
            return Files.readString(found.get(0));
        }
    }
}
