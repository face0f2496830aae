package dev.crmsync.testkit.simulation;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The engine with one bug planted in it: compiled beside the sound one, and loaded in its place. */
final class Mutant implements AutoCloseable {
    private static final Path ROOT = Path.of("..");
    private static final Path MUTANTS = Path.of("target/planted");
    private static final String SOURCES = "src/main/java/";

    private final URLClassLoader loader;

    private Mutant(URLClassLoader loader) {
        this.loader = loader;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Compiles the file that a patch changes, as it is after the patch, and returns the directory of its classes. */
    static Path compiled(PlantedBug bug) throws IOException {
        return compiled(bug, MUTANTS.resolve(bug.name()));
    }

    /** The same below a directory of one's own. */
    static Path compiled(PlantedBug bug, Path home) throws IOException {
        String file = bug.patch().file();
        Path copy = home.resolve("sources").resolve(file.substring(file.indexOf(SOURCES) + SOURCES.length()));
        Path classes = home.resolve("classes");
        Files.createDirectories(copy.getParent());
        Files.createDirectories(classes);
        Files.write(copy, bug.patch().applied(Files.readAllLines(ROOT.resolve(file))));
        compile(copy, classes);
        return classes;
    }

    /** Compiles one file against everything that these tests see. */
    static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-nowarn",
                    "-implicit:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            boolean done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source.toFile()))
                    .call();
            if (!done) {
                throw new IllegalStateException(source + " does not compile: " + said);
            }
        }
    }

    /** Everything that these tests see, loaded once more, with some classes in place of others. */
    static Mutant of(Path... classes) throws IOException {
        List<URL> path = new ArrayList<>();
        for (Path directory : classes) {
            path.add(directory.toUri().toURL());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        return new Mutant(new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    /** A hunt on the ground of the engine in which the bug is planted. */
    Hunter hunting(String where) throws ReflectiveOperationException {
        Class<?> hunt = loader.loadClass(Hunt.class.getName());
        return new Hunter(hunt, hunt.getConstructor(String.class).newInstance(where));
    }

    /** A {@link Hunt} of the other class loader. */
    record Hunter(Class<?> type, Object hunt) {
        /** See {@link Hunt#first}. */
        String first(int from, int to) throws ReflectiveOperationException {
            Method first = type.getMethod("first", int.class, int.class);
            return (String) first.invoke(hunt, from, to);
        }

        /** See {@link Hunt#test}. */
        String test(int number, int law, int tries, String packageName, String className)
                throws ReflectiveOperationException {
            Method test = type.getMethod("test", int.class, int.class, int.class, String.class, String.class);
            return (String) test.invoke(hunt, number, law, tries, packageName, className);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
