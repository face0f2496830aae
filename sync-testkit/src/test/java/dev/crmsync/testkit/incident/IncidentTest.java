package dev.crmsync.testkit.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.replay.Replayed;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.testkit.junit.ReplayIncident;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident that was exported once and is kept: of a simulated history in which people deleted a lot. */
class IncidentTest {
    private static String kept() throws IOException {
        try (InputStream kept = IncidentTest.class.getResourceAsStream("kept.json")) {
            return Bytes.of(Objects.requireNonNull(kept).readAllBytes()).toUtf8();
        }
    }

    @ReplayIncident("kept.json")
    void a_kept_incident_comes_to_the_same_decisions_today(Replayed replayed, Incident incident) {
        assertThat(replayed.steps())
                .isEqualTo(incident.bundle().recording().steps().size());
        assertThat(replayed.decisions()).isPositive();
        assertThat(incident.bundle().redacted()).isTrue();
    }

    @Test
    void without_a_framework_it_is_read_from_a_file(@TempDir Path files) throws IOException {
        Path file = Files.writeString(files.resolve("incident.json"), kept());

        assertThat(Incident.read(file).replaySame().same()).isTrue();
    }

    @Test
    void one_that_comes_to_something_else_fails_and_names_the_step() throws IOException {
        String forged = kept().replaceFirst("\"r\":\"LINKED\"", "\"r\":\"ATTACHED\"");

        assertThat(forged).isNotEqualTo(kept());
        assertThatThrownBy(() -> Incident.of(Bytes.utf8(forged)).replaySame())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Identity")
                .hasMessageContaining("LINKED");
    }

    @Test
    void a_file_that_is_not_there_or_no_incident_is_told() {
        assertThatThrownBy(() -> Incident.read(Path.of("no-such-incident.json")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("no-such-incident.json");
        assertThatThrownBy(() -> Incident.of(Bytes.utf8("{}"))).isInstanceOf(SyncException.class);
    }
}
