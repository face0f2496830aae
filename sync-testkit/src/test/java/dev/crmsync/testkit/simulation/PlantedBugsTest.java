package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Plants each bug of the catalogue in the engine, and grows histories until the law breaks that has to. Takes minutes: see the
 * profile {@code planted}.
 */
@Tag("planted")
class PlantedBugsTest {
    private static final int MOST = Integer.getInteger("planted.histories", 5_400);
    private static final String ONLY = System.getProperty("planted.only", ".*");
    private static final int AT_ONCE = 2;

    /** What became of a hunt: the number of the history that broke the law, 0 for none, and which other laws broke before. */
    private record Hunted(PlantedBug bug, int histories, SortedSet<Integer> others, long seconds) {
        String row() {
            String found = histories == 0 ? "**not found** in " + MOST : String.valueOf(histories);
            String also = others.isEmpty() ? "" : others.toString().replaceAll("[\\[\\]]", "");
            String law = bug.law() == 0 ? "0" : String.valueOf(bug.law());
            String where = histories == 0 ? "" : new Hunt(bug.where()).reproduction(histories - 1);
            return "| `" + bug.name() + "` | " + bug.what() + " | " + bug.from() + " | " + law + " | " + found + " | "
                    + also + " | " + where + " | " + seconds + " |";
        }
    }

    @Test
    void every_planted_bug_breaks_the_law_that_it_has_to() throws Exception {
        List<PlantedBug> bugs = PlantedBug.all().stream()
                .filter(bug -> bug.name().matches(ONLY))
                .toList();
        ExecutorService hunters = Executors.newFixedThreadPool(AT_ONCE);
        List<Hunted> hunted = new ArrayList<>();
        try {
            List<Callable<Hunted>> hunts = new ArrayList<>();
            bugs.forEach(bug -> hunts.add(() -> hunt(bug)));
            for (Future<Hunted> future : hunters.invokeAll(hunts)) {
                hunted.add(future.get());
            }
        } finally {
            hunters.shutdown();
        }
        List<String> page = PlantedPage.written(hunted.stream().map(Hunted::row).toList());
        Files.write(Path.of("target/planted-bugs.md"), page);
        assertThat(hunted)
                .filteredOn(one -> one.histories == 0)
                .extracting(Hunted::bug)
                .isEmpty();
    }

    private static Hunted hunt(PlantedBug bug) throws Exception {
        Instant begun = Instant.now();
        SortedSet<Integer> others = new TreeSet<>();
        int found = 0;
        Hunt sound = new Hunt(bug.where());
        try (Mutant mutant = Mutant.of(Mutant.compiled(bug))) {
            Mutant.Hunter hunter = mutant.hunting(bug.where());
            int from = 0;
            while (found == 0 && from < MOST) {
                String told = hunter.first(from, MOST);
                if (told.isEmpty()) {
                    break;
                }
                List<Integer> numbers = new ArrayList<>();
                List.of(told.split(" ")).forEach(number -> numbers.add(Integer.valueOf(number)));
                int number = numbers.get(0);
                from = number + 1;
                SortedSet<Integer> laws = new TreeSet<>(numbers.subList(1, numbers.size()));
                // What the sound engine breaks as well is not this bug's doing.
                laws.removeAll(sound.broken(number));
                found = laws.remove(bug.law()) ? number + 1 : 0;
                others.addAll(laws);
            }
        }
        Hunted hunted = new Hunted(
                bug, found, others, Duration.between(begun, Instant.now()).toSeconds());
        System.out.println(hunted.row());
        return hunted;
    }
}
