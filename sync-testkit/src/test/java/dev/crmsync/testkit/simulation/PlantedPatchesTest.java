package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The catalogue of planted bugs keeps up with the engine; {@link PlantedBugsTest} hunts them. */
class PlantedPatchesTest {
    private static final Path PAGE = Path.of("../docs/planted-bugs.md");

    @TestFactory
    Stream<DynamicTest> each_patch_still_applies_and_what_it_makes_of_the_engine_compiles() {
        return PlantedBug.all().stream()
                .map(bug -> DynamicTest.dynamicTest(
                        bug.name(), () -> assertThat(Mutant.compiled(bug)).isDirectoryContaining(any -> true)));
    }

    @Test
    void the_page_names_each_bug_with_what_it_does_and_names_no_other() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<PlantedBug> bugs = PlantedBug.all();
        assertThat(rows).hasSameSizeAs(bugs).noneMatch(row -> row.contains("not found"));
        assertThat(bugs)
                .hasSizeGreaterThanOrEqualTo(25)
                .allSatisfy(bug -> assertThat(rows)
                        .anyMatch(row ->
                                row.startsWith("| `" + bug.name() + "` | " + bug.what() + " | " + bug.from() + " |")));
    }

    @Test
    void fifteen_of_them_or_more_are_incidents_that_others_have_had() {
        assertThat(PlantedBug.all())
                .filteredOn(bug -> bug.from().startsWith("incident"))
                .hasSizeGreaterThanOrEqualTo(15);
    }
}
