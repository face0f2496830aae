package dev.crmsync.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every module of this project under the laws. */
class ArchitectureTest {
    private static final String ROOT = "dev.crmsync";
    private static final List<Module> MODULES = Module.all();

    private static JavaClasses classes = new ClassFileImporter().importPaths(List.of());

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(Module::classes)
                        .filter(Files::isDirectory)
                        .toList());
    }

    static Stream<Laws.Law> laws() {
        Set<String> exported = MODULES.stream()
                .filter(Module::published)
                // What sync-http offers is shared between adapters, which all parse with Jackson.
                .filter(module -> !module.name().equals("sync-http"))
                .flatMap(module -> module.descriptor().stream())
                .flatMap(descriptor -> descriptor.exports().stream())
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        return new Laws(ROOT, exported).all().stream();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void the_house_keeps_the_law(Laws.Law law) {
        boolean idle = MODULES.stream()
                .filter(module -> law.judges().test(module.name()))
                .noneMatch(Module::inhabited);
        law.rule().allowEmptyShould(idle).check(classes);
    }

    @Test
    void every_module_with_source_is_built() {
        assertThat(MODULES)
                .filteredOn(Module::inhabited)
                .as("run the laws with `mvn -pl sync-tests -am test`, so that every module is compiled first")
                .allMatch(Module::built);
    }

    @Test
    void no_package_is_in_two_modules() {
        assertThat(ModuleLaws.splitPackages(packagesByModule()))
                .as("the module system refuses split packages: rename the package after its room")
                .isEmpty();
    }

    @Test
    void every_module_keeps_to_the_packages_of_its_room() {
        assertThat(ModuleLaws.strayPackages(ROOT, packagesByModule()))
                .as("a package carries its room's name; a new room of sync-core is added to Laws.CORE")
                .isEmpty();
    }

    @Test
    void every_published_module_describes_itself() {
        assertThat(MODULES)
                .filteredOn(Module::published)
                .filteredOn(Module::inhabited)
                .allSatisfy(module -> assertThat(module.descriptor().map(ModuleDescriptor::name))
                        .as("%s needs a module-info.java", module.name())
                        .contains(ModuleLaws.moduleName(ROOT, module.name())));
    }

    @Test
    void no_test_is_disabled_without_a_reason() {
        JavaClasses tests = new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(Module::testClasses)
                        .filter(Files::isDirectory)
                        .toList());
        assertThat(Stream.of(
                                tests.stream()
                                        .filter(type -> type.isAnnotatedWith(Disabled.class))
                                        .filter(type -> type.getAnnotationOfType(Disabled.class)
                                                .value()
                                                .isBlank())
                                        .map(type -> type.getFullName()),
                                tests.stream()
                                        .flatMap(type -> type.getMethods().stream())
                                        .filter(method -> method.isAnnotatedWith(Disabled.class))
                                        .filter(method -> method.getAnnotationOfType(Disabled.class)
                                                .value()
                                                .isBlank())
                                        .map(method -> method.getFullName()))
                        .flatMap(names -> names))
                .as("a skipped test is a failing test: mend it, delete it, or say in @Disabled why it sleeps")
                .isEmpty();
    }

    private static Map<String, Collection<String>> packagesByModule() {
        return MODULES.stream().collect(Collectors.toMap(Module::name, Module::packages));
    }
}
