package dev.crmsync.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.Serializable;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which room may look where. The root package is a parameter, so that the same laws judge the project and a small
 * house that breaks every one of them.
 */
final class Laws {
    /** The packages of sync-core. */
    static final List<String> CORE = List.of(
            "engine",
            "discovery",
            "fields",
            "planning",
            "identity",
            "policy",
            "intake",
            "delivery",
            "pull",
            "pacing",
            "review",
            "safety",
            "segments",
            "json",
            "ledger",
            "replay",
            "lint",
            "memory");

    /** The packages that only run here and are published nowhere. */
    static final List<String> UNPUBLISHED = List.of("sandbox", "benchmarks", "quickstart");

    private static final String[] JACKSON = {"com.fasterxml.jackson..", "tools.jackson.."};
    private static final String[] JDK = {"java..", "javax..", "org.jspecify.annotations.."};

    private final String root;
    private final Set<String> exported;

    /**
     * Laws over a house.
     *
     * @param root the package under which all rooms lie
     * @param exported the packages that embedders may use
     */
    Laws(String root, Set<String> exported) {
        this.root = root;
        this.exported = Set.copyOf(exported);
    }

    /**
     * One law.
     *
     * @param name how the test report calls it
     * @param judges the modules whose classes it is about; while one of them has code the law must find some
     * @param rule the law itself
     */
    record Law(String name, Predicate<String> judges, ArchRule rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    List<Law> all() {
        List<Law> laws = new ArrayList<>();
        laws.addAll(rooms());
        laws.addAll(core());
        laws.addAll(everywhere());
        return laws;
    }

    private List<Law> rooms() {
        return List.of(
                new Law(
                        "the SPI stands alone",
                        "sync-spi"::equals,
                        room("spi")
                                .may(JDK)
                                .because("third parties compile against the SPI and must inherit nothing: take the"
                                        + " type out of the SPI, or move the code that needs it to sync-core")),
                new Law(
                        "HTTP sees the SPI only",
                        "sync-http"::equals,
                        room("http")
                                .may(and(JDK, JACKSON, in("spi")))
                                .because("sync-http is shared by adapters only: what the engine needs belongs to"
                                        + " sync-core, what a vendor needs to its adapter")),
                new Law(
                        "adapters see the SPI and HTTP only",
                        module -> module.startsWith("adapter-"),
                        room("adapter")
                                .may(and(JDK, JACKSON, in("spi", "http")))
                                .because("an adapter speaks its vendor's native properties and knows no engine: say"
                                        + " what you need with a type of the SPI")),
                new Law(
                        "adapters do not see each other",
                        module -> module.startsWith("adapter-"),
                        slices().matching(root + ".adapter.(*)..")
                                .should()
                                .notDependOnEachOther()
                                .because("one vendor's change must not touch another's adapter: move what both need"
                                        + " to sync-http")),
                new Law(
                        "the store sees the SPI, Jdbi and the H2 that it opens by default",
                        "store-jdbc"::equals,
                        room("store")
                                .may(and(JDK, in("spi"), "org.jdbi.v3..", "org.h2.."))
                                .because("a store keeps opaque bytes and a few columns: if it must understand state,"
                                        + " the SPI lacks a column")),
                new Law(
                        "the testkit needs no test framework",
                        "sync-testkit"::equals,
                        noClasses()
                                .that()
                                .resideInAPackage(root + ".testkit..")
                                .and()
                                .resideOutsideOfPackage(root + ".testkit.junit..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.junit..", "org.assertj..", "org.hamcrest..", "org.testng..")
                                .because("users bring their own framework: throw AssertionError, or put the code into"
                                        + " the package testkit.junit")),
                new Law(
                        "the sandbox shares no code with the project",
                        "sync-sandbox"::equals,
                        room("sandbox")
                                .may(and(JDK, JACKSON, "com.sun.net.httpserver.."))
                                .because("adapters and stand-ins check each other only while both are written from"
                                        + " the facts alone: write it again here")));
    }

    private List<Law> core() {
        String[] core = in(CORE.toArray(String[]::new));
        return List.of(
                new Law(
                        "the core sees no adapter, no database and no HTTP",
                        "sync-core"::equals,
                        noClasses()
                                .that(resideInAnyPackage(core))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(and(
                                                in("adapter", "http", "store", "testkit", "sandbox"),
                                                "java.sql..",
                                                "javax.sql..",
                                                "org.jdbi..",
                                                "java.net.http..",
                                                "com.sun.net.httpserver.."))
                                        .or(type(HttpURLConnection.class)))
                                .because("the engine must run on any store and any transport: go through the adapter"
                                        + " SPI or the store SPI")),
                new Law(
                        "only json sees Jackson",
                        "sync-core"::equals,
                        noClasses()
                                .that(resideInAnyPackage(core).and(outside("json")))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(JACKSON)
                                .because("state has one codec: hand json a record of ours and take bytes")),
                new Law(
                        "only fields sees libphonenumber",
                        "sync-core"::equals,
                        noClasses()
                                .that(resideInAnyPackage(core).and(outside("fields")))
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("com.google.i18n.phonenumbers..")
                                .because("a phone number has one canonical form: ask fields for it")),
                pure("planning"),
                pure("identity"),
                pure("replay"),
                pure("lint"));
    }

    /** A plan can be previewed, explained and replayed only while nothing but its arguments enters it. */
    private Law pure(String room) {
        DescribedPredicate<JavaClass> impure = resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.util.concurrent..",
                        "java.util.random..",
                        "org.slf4j..")
                .and(DescribedPredicate.not(type(Serializable.class)))
                .or(type(Clock.class))
                .or(type(InstantSource.class))
                .or(type(Random.class))
                .or(type(SecureRandom.class))
                .or(type(SplittableRandom.class))
                .or(type(Timer.class))
                .or(type(Thread.class))
                .or(type(ThreadLocal.class))
                .or(type(Process.class))
                .or(type(ProcessBuilder.class))
                .as("are a clock, chance, a thread, I/O or a log");
        return new Law(
                room + " is pure",
                "sync-core"::equals,
                noClasses()
                        .that()
                        .resideInAPackage(root + "." + room + "..")
                        .should()
                        .dependOnClassesThat(impure)
                        .orShould()
                        .accessTargetWhere(new ReadsTheWorld())
                        .because("a plan must be the same when it is made again: take time and order from the input's"
                                + " at and seq, ids from the caller, and answer with decisions instead of log lines"));
    }

    private List<Law> everywhere() {
        String[] unpublished = in(UNPUBLISHED.toArray(String[]::new));
        DescribedPredicate<JavaClass> published =
                resideInAPackage(root + "..").and(DescribedPredicate.not(resideInAnyPackage(unpublished)));
        return List.of(
                new Law(
                        "packages form no cycle",
                        module -> true,
                        slices().matching(root + ".(**)")
                                .should()
                                .beFreeOfCycles()
                                .because("packages that need each other are one package: move the shared concept down,"
                                        + " or turn one direction into an interface")),
                new Law(
                        "published code prints nothing",
                        module -> true,
                        noClasses()
                                .that(published)
                                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                                .because("standard output is the embedder's: answer, throw, or log through slf4j")),
                new Law(
                        "nobody uses java.util.logging",
                        module -> true,
                        noClasses()
                                .that()
                                .resideInAPackage(root + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("java.util.logging..")
                                .because("the embedder chooses the sink: log through slf4j")),
                new Law(
                        "every package is null-marked",
                        module -> true,
                        classes()
                                .that(published)
                                .should(new ResideInNullMarkedPackage())
                                .because("a type without @NullMarked promises nothing about null: add a"
                                        + " package-info.java with @NullMarked")),
                new Law(
                        "signatures show only the JDK and our own types",
                        module -> true,
                        classes()
                                .that(published)
                                .and(exported())
                                .should(new ShowOnly(Stream.concat(Stream.of(root + ".."), Stream.of(JDK))
                                        .toList()))
                                .because("a library in a signature cannot be replaced or shaded: wrap it in a type"
                                        + " of ours, or do not export the package")));
    }

    private DescribedPredicate<JavaClass> exported() {
        return DescribedPredicate.describe(
                "reside in an exported package", type -> exported.contains(type.getPackageName()));
    }

    private DescribedPredicate<JavaClass> outside(String room) {
        return DescribedPredicate.not(resideInAPackage(root + "." + room + ".."));
    }

    private Room room(String name) {
        return new Room(root + "." + name + "..");
    }

    private String[] in(String... rooms) {
        return Stream.of(rooms).map(room -> root + "." + room + "..").toArray(String[]::new);
    }

    private static String[] and(Object... patterns) {
        return Stream.of(patterns)
                .flatMap(pattern -> pattern instanceof String[] many ? Stream.of(many) : Stream.of((String) pattern))
                .toArray(String[]::new);
    }

    private record Room(String pattern) {
        ArchRule may(String... others) {
            return classes()
                    .that()
                    .resideInAPackage(pattern)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(and(others, pattern));
        }
    }

    /** A call that answers differently when it is made again. */
    private static final class ReadsTheWorld extends DescribedPredicate<JavaAccess<?>> {
        private static final Set<String> SYSTEM =
                Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "identityHashCode", "getLogger");

        ReadsTheWorld() {
            super("it reads a clock, the environment or chance");
        }

        @Override
        public boolean test(JavaAccess<?> access) {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            return switch (owner) {
                case "java.lang.System" -> SYSTEM.contains(name);
                case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
                case "java.util.UUID" -> name.equals("randomUUID");
                case "java.util.Collections" -> name.equals("shuffle");
                case "java.time.ZoneId" -> name.equals("systemDefault");
                case "java.util.Locale", "java.util.TimeZone" -> name.equals("getDefault");
                default -> owner.startsWith("java.time.") && name.equals("now");
            };
        }
    }
}
