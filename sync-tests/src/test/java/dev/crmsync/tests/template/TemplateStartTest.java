package dev.crmsync.tests.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.testkit.adapter.AdapterContract;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What examples/adapter-template/start makes, without Maven: its copy is compiled and measured here. */
class TemplateStartTest {
    private static final String PACKAGE = "com.acme.sync.bluebird";

    @TempDir
    Path folder;

    private record End(int exit, String said) {}

    private End start(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("bash", AdapterPage.TEMPLATE.resolve("start").toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(process.waitFor(), said);
    }

    /** A local repository in which the modules seem to be, so that none is built here. */
    private Path repository() throws IOException {
        Path crmSync = folder.resolve("repository/dev/crmsync");
        String version = "0.1.0-SNAPSHOT";
        for (String module : List.of("sync-spi", "sync-core", "sync-http", "sync-testkit", "crm-sync")) {
            Path place = Files.createDirectories(crmSync.resolve(module).resolve(version));
            String ending = module.equals("crm-sync") ? ".pom" : ".jar";
            Files.createFile(place.resolve(module + "-" + version + ending));
        }
        return folder.resolve("repository");
    }

    private Path bluebird() throws IOException, InterruptedException {
        Path copy = folder.resolve("bluebird");
        End end = start("--repository", repository().toString(), "--no-verify", copy.toString(), PACKAGE, "Bluebird");
        assertThat(end.exit()).as(end.said()).isZero();
        return copy;
    }

    private static List<Path> files(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Com.acme, Bluebird, no package",
        "acme, Bluebird, no package",
        "com.final.x, Bluebird, a word of Java",
        "dev.crmsync.x, Bluebird, crm-sync's own",
        "com.acme, bluebird, no name",
    })
    void a_bad_word_is_refused_and_nothing_is_made(String name, String vendor, String why) throws Exception {
        End end = start("there", name, vendor);
        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.said()).startsWith("start: ").contains(why);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_directory_that_is_there_is_left_as_it_is() throws Exception {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.createFile(mine.resolve("work"));
        End end = start("mine", PACKAGE, "Bluebird");
        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.said()).contains("is there already");
        assertThat(mine).isDirectoryContaining(file -> file.endsWith("work"));
    }

    @Test
    void the_copy_bears_its_own_names_and_no_others() throws Exception {
        Path copy = bluebird();
        for (Path file : files(copy)) {
            assertThat(file.getFileName().toString()).doesNotContainIgnoringCase("ledgerly");
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContainIgnoringCase("ledgerly")
                    .doesNotContain("com.example", "template: begin", "dev.crmsync.adapter");
        }
        assertThat(copy.resolve("pom.xml")).content().contains("<groupId>com.acme.sync</groupId>", "bluebird-adapter");
        assertThat(copy.resolve("src/main/resources/META-INF/services/dev.crmsync.spi.adapter.AdapterProvider"))
                .content()
                .isEqualToIgnoringNewLines(PACKAGE + ".BluebirdProvider");
        assertThat(copy.resolve("src/main/java/module-info.java")).content().contains("module " + PACKAGE + " {");
    }

    @Test
    void the_copy_compiles_and_its_reports_are_those_that_the_page_shows() throws Exception {
        Path copy = bluebird();
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(copy, classes);
        List<String> shown = AdapterPage.quotes("");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            for (String test : List.of("FirstHourContractTest", "BluebirdContractTest")) {
                var maker = loader.loadClass(PACKAGE + "." + test).getDeclaredConstructor();
                maker.setAccessible(true);
                AdapterContract contract = (AdapterContract) maker.newInstance();
                assertThat(shown).contains(contract.measure().summary().replace("bluebird", "ledgerly"));
            }
        }
    }

    private static void compile(Path copy, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<File> sources = files(copy).stream()
                .filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                .map(Path::toFile)
                .toList();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            said,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            manager.getJavaFileObjectsFromFiles(sources))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
    }
}
