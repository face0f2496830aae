package dev.crmsync.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A law that cannot fail proves nothing: the package {@code broken} is a small house that breaks every one. */
class LawsCanFailTest {
    private static final String BROKEN = "dev.crmsync.tests.architecture.broken";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(BROKEN);

    static Stream<Laws.Law> laws() {
        return new Laws(BROKEN, Set.of(BROKEN + ".engine")).all().stream();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void a_broken_house_is_caught(Laws.Law law) {
        EvaluationResult result = law.rule().evaluate(CLASSES);

        assertThat(result.hasViolation())
                .as("add a class to the package broken that breaks this law")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void a_law_says_how_to_mend(Laws.Law law) {
        assertThat(law.rule().getDescription()).contains(", because ");
    }

    @Test
    void a_pure_room_is_caught_for_each_impurity() {
        Laws.Law pure = laws().filter(law -> law.name().equals("planning is pure"))
                .findFirst()
                .orElseThrow();

        assertThat(pure.rule().evaluate(CLASSES).getFailureReport().toString())
                .contains("Instant.now()", "System.nanoTime()", "UUID.randomUUID()", "java.util.concurrent", "java.io")
                .contains("java.time.Clock", "java.util.Random");
    }

    @Test
    void a_split_package_is_caught() {
        assertThat(ModuleLaws.splitPackages(Map.of("one", Set.of("p.a", "p.b"), "two", Set.of("p.b"))))
                .containsExactly(Map.entry("p.b", Set.of("one", "two")));
    }

    @Test
    void a_stray_package_is_caught() {
        assertThat(ModuleLaws.strayPackages(
                        "p",
                        Map.of(
                                "sync-core", List.of("p.planning.rule", "p.http"),
                                "adapter-kirim", List.of("p.adapter.kirim"),
                                "examples/adapter-template", List.of("com.example.ledgerly", "p.adapter.template"))))
                .containsExactly(
                        Map.entry("examples/adapter-template", List.of("p.adapter.template")),
                        Map.entry("sync-core", List.of("p.http")));
    }

    @Test
    void a_module_is_named_after_its_room() {
        assertThat(Stream.of("sync-spi", "adapter-kirim", "store-jdbc").map(name -> ModuleLaws.moduleName("p", name)))
                .containsExactly("p.spi", "p.adapter.kirim", "p.store.jdbc");
    }
}
