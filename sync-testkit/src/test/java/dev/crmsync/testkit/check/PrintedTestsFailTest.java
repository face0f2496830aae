package dev.crmsync.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check prints compiles as it stands, and fails when it is run. */
class PrintedTestsFailTest {
    @TempDir
    Path folder;

    private void assertFails(Counterexample found, String name) throws Exception {
        Object test = compiled(found.test(), name);
        Method only = Stream.of(test.getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .findFirst()
                .orElseThrow();
        only.setAccessible(true);
        assertThatThrownBy(() -> {
                    try {
                        only.invoke(test);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("law " + found.law());
    }

    private Object compiled(String source, String name)
            throws IOException, ReflectiveOperationException, MalformedURLException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            + System.getProperty("path.separator")
                            + System.getProperty("jdk.module.path", ""));
            boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as("%s%n%s", source, said).isTrue();
        }
        URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        Constructor<?> constructor = loader.loadClass(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    @Test
    void the_test_of_a_broken_law_compiles_and_fails() throws Exception {
        Counterexample found = Spoilt.ownersForNothing().run().counterexample().orElseThrow();
        assertThat(found.test()).contains("dev.crmsync.testkit.check.Spoilt.ownersForNothing()");
        assertFails(found, "Law1CounterexampleTest");
    }

    @Test
    void the_test_of_a_loop_compiles_and_fails() throws Exception {
        assertFails(Spoilt.tireless().run().counterexample().orElseThrow(), "Law2CounterexampleTest");
    }

    /** Lower-casing that nobody declared looks like an edit, and is written over: more than once, and then no more. */
    @Test
    void the_test_of_a_world_that_nobody_named_holds_policy_and_mapping_and_compiles_and_fails() throws Exception {
        Counterexample found = ShippedRules.of(Contact.NAME, contact -> contact.owned(Contact.NAME, "crm"))
                .mapping(
                        "kirim",
                        Mapping.of(
                                RecordType.CONTACT.name(),
                                FieldMapping.direct(Contact.NAME, "full_name").shownAs(Rendering.TRIMMED)))
                .undeclared("kirim", "name", Rendering.LOWER_CASED)
                .values("name", "a", "B")
                .edits(1)
                .run()
                .counterexample()
                .orElseThrow();
        assertThat(found.test()).contains("new PolicyCodec().decode(", "new MappingCodec().decode(", ".undeclared(");
        assertFails(found, "Law2CounterexampleTest");
    }
}
