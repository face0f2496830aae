package dev.crmsync.tests.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the main job again and again, at moments that follow from a seed, and lets it go on. Slow, so it runs in the profile
 * {@code kill} only; {@code -Dkill.count}, {@code -Dkill.contacts} and {@code -Dkill.seed} change how.
 */
@Tag("kill")
class KillsTest {
    private static final int KILLS = Integer.getInteger("kill.count", 20);
    private static final int CONTACTS = Integer.getInteger("kill.contacts", 400);
    private static final long SEED = Long.getLong("kill.seed", 1);
    private static final int EDITS_A_RUN = 30;

    /** Where the backfill is killed: before anything, in each walk, at its plan, and, mostly, while it writes. */
    private static final List<String> BACKFILL =
            List.of("", "walk kirim", "backfill", "walk crm", "backfill", "sync acme", "backfill", "backfill");

    /** Where live edits are killed: while they are played, and while what they set off is under way. */
    private static final List<String> LIVE = List.of("edits played", "live edits");

    @Test
    void killed_at_many_moments_it_ends_in_step_and_has_made_nothing_twice(@TempDir Path folder)
            throws IOException, InterruptedException {
        Random chance = new Random(SEED);
        int edits = EDITS_A_RUN;
        int killed = 0;
        try (MainJob job = new MainJob(folder, "--contacts", String.valueOf(CONTACTS))) {
            for (int i = 0; i < KILLS; i++) {
                boolean live = i >= KILLS / 2;
                List<String> moments = live ? LIVE : BACKFILL;
                String moment = moments.get(i % moments.size());
                long millis = chance.nextInt(live ? 600 : 1500);
                Predicate<String> reached = said -> said.startsWith(moment);
                boolean alive = job.kill(reached, millis, "--edits", String.valueOf(edits));
                System.out.println("kill " + i + " at '" + moment + "' + " + millis + " ms: "
                        + (alive ? "killed" : "it had ended"));
                killed += alive ? 1 : 0;
                edits += live ? EDITS_A_RUN : 0;
            }

            MainJob.End end = job.run("--edits", String.valueOf(edits));

            System.out.println(end);
            assertThat(end.exit()).as(end.toString()).isZero();
            assertThat(end.last()).matches("IN STEP: \\d+ contacts, \\d+ conversations, 0 unexplained differences");
            Books books = new Books(job.sandbox());
            List<String> keys = books.hubSpotKeys();
            List<String> names = books.kirimNames();
            assertThat(keys).as("records in HubSpot").hasSameSizeAs(names);
            assertThat(keys.stream().filter(key -> !key.isEmpty())).doesNotHaveDuplicates();
            assertThat(keys.stream().filter(String::isEmpty)).hasSize(Math.min(20, CONTACTS / 20));
            // Only people make contacts in Kirim.
            List<String> newcomers =
                    names.stream().filter(name -> name.startsWith("Newcomer")).toList();
            assertThat(names).hasSize(CONTACTS + newcomers.size());
            assertThat(newcomers).doesNotHaveDuplicates();
            assertThat(killed).as("kills that found it alive").isGreaterThanOrEqualTo(KILLS * 9 / 10);
        }
    }
}
