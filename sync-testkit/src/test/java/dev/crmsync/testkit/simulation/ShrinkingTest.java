package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShrinkingTest {
    private static final String PACKAGE = "dev.crmsync.printed";
    private static final String TEST = "BrokenOnceTest";
    private static final int TRIES = 60;
    private static final int HISTORIES = 60;

    @TempDir
    private Path directory;

    /** With a bug planted in it the engine breaks a law: the printed test fails there, and with the sound engine it does not. */
    @Test
    void a_history_that_breaks_a_law_is_made_smaller_and_printed_as_a_test_that_compiles_and_fails_likewise()
            throws Throwable {
        PlantedBug bug = PlantedBug.all().stream()
                .filter(one -> one.name().endsWith("stale-event-wins"))
                .findFirst()
                .orElseThrow();
        Path bugged = Mutant.compiled(bug, directory.resolve("bugged"));
        Path tests = Files.createDirectories(directory.resolve("tests"));
        String source;
        int number;
        try (Mutant mutant = Mutant.of(bugged)) {
            Mutant.Hunter hunter = mutant.hunting("storm guide");
            number = Integer.parseInt(hunter.first(0, HISTORIES).split(" ")[0]);
            int law = Integer.parseInt(hunter.first(number, number + 1).split(" ")[1]);
            source = hunter.test(number, law, TRIES, PACKAGE, TEST);
        }
        Path file = Files.writeString(directory.resolve(TEST + ".java"), source);
        Mutant.compile(file, tests);
        try (Mutant mutant = Mutant.of(bugged, tests)) {
            assertThatThrownBy(() -> run(mutant.loader()))
                    .as(source)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("broke")
                    .hasMessageContaining("onlyFaults");
        }
        try (Mutant sound = Mutant.of(tests)) {
            run(sound.loader());
        }
        History whole = new Hunt("storm guide").history(number);
        assertThat(source.substring(source.indexOf("onlyDeeds")).split(",")).hasSizeLessThan(whole.deeds());
    }

    private static void run(ClassLoader loader) throws Throwable {
        Class<?> type = loader.loadClass(PACKAGE + "." + TEST);
        Constructor<?> made = type.getDeclaredConstructor();
        made.setAccessible(true);
        Object test = made.newInstance();
        for (Method method : type.getDeclaredMethods()) {
            method.setAccessible(true);
            try {
                method.invoke(test);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @Test
    void a_history_that_keeps_the_law_is_not_made_smaller() {
        SyncSimulator guide = ToyPolicies.guide();
        assertThatThrownBy(() -> guide.shrink(0, 3, TRIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not break law 3");
    }

    @Test
    void without_anything_that_people_do_and_without_faults_a_history_is_shorter_and_the_same_each_time() {
        SyncSimulator guide = ToyPolicies.guide();
        SyncSimulator bare = guide.onlyDeeds().onlyFaults();
        assertThat(bare.run(5).trace().length()).isLessThan(guide.run(5).trace().length());
        assertThat(bare.run(5)).isEqualTo(bare.run(5));
    }

    @Test
    void with_all_that_the_dice_choose_named_one_by_one_a_history_is_the_same() {
        SyncSimulator guide = ToyPolicies.guide();
        History whole = guide.run(5);
        int[] deeds = IntStream.range(0, whole.deeds()).toArray();
        int[] faults = IntStream.rangeClosed(1, whole.faults()).toArray();
        assertThat(guide.onlyDeeds(deeds).onlyFaults(faults).run(5).trace()).isEqualTo(whole.trace());
    }

    @Test
    void dials_are_told_as_the_java_that_makes_them() {
        assertThat(Dials.storm()).hasToString("Dials.storm()");
        assertThat(Dials.storm().merging(8)).hasToString("Dials.storm().with(Dial.MERGES, 8)");
        assertThat(Dials.storm().withoutFaults()).isEqualTo(Dials.calm()).hasToString("Dials.calm()");
        assertThat(Dials.still().persons(1).edits(2)).hasToString("Dials.still().persons(1).edits(2)");
    }
}
