package dev.crmsync.tests.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.engine.SyncEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that cannot grow any more: the operating system refuses to write beyond a limit, as it does when a disk is full. Needs
 * a shell that knows {@code ulimit -f}.
 */
class FullDiskTest {
    /** In blocks of 1,024 bytes. */
    private static final int LIMIT = 6_000;

    @Test
    void what_cannot_be_stored_is_to_be_sent_again_and_nothing_that_was_acknowledged_is_lost(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("store");
        Map<Integer, Integer> answered = answered(file);
        List<Integer> stored = numbers(answered, 200);
        List<Integer> refused = numbers(answered, 503);

        assertThat(stored).hasSizeGreaterThan(100);
        assertThat(refused).hasSize(Receiving.REFUSALS);
        assertThat(stored.size() + refused.size()).isEqualTo(answered.size());

        try (SyncEngine engine = Receiving.engine(file)) {
            for (int number : stored) {
                assertThat(Receiving.receive(engine, number).body())
                        .as("webhook " + number)
                        .isEqualTo("nothing new");
            }
            for (int number : refused) {
                assertThat(Receiving.receive(engine, number).status()).isEqualTo(200);
            }
        }
    }

    /** What was answered to each webhook, by its number, until the file could not grow any more. */
    private static Map<Integer, Integer> answered(Path file) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process receiving = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f " + LIMIT + " && exec \"$@\"",
                        "bash",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        Receiving.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(receiving.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(receiving.waitFor()).isZero();
        Map<Integer, Integer> answered = new TreeMap<>();
        said.lines().filter(line -> line.matches("\\d+ \\d+")).forEach(line -> {
            String[] words = line.split(" ");
            answered.put(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        });
        return answered;
    }

    private static List<Integer> numbers(Map<Integer, Integer> answered, int status) {
        return answered.entrySet().stream()
                .filter(answer -> answer.getValue() == status)
                .map(Map.Entry::getKey)
                .toList();
    }
}
