package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.json.BundleCodec;
import dev.crmsync.ledger.Recordings;
import dev.crmsync.planning.Decision;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.Recording;
import dev.crmsync.replay.Redaction;
import dev.crmsync.replay.Replay;
import dev.crmsync.replay.Replayed;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the engine recorded of histories that nobody has chosen, planned again: as it is, and when nobody can read it. */
class RecordedHistoriesTest {
    private static final int SEEDS = 2;
    private static final List<Dials> WEATHERS =
            List.of(Dials.storm(), Dials.storm().merging(8), Dials.storm().removing(25));

    @Test
    void every_recorded_input_comes_to_the_same_again_as_it_is_and_redacted_in_a_file_in_which_no_value_stands() {
        List<String> different = new ArrayList<>();
        int steps = 0;
        for (SyncSimulator simulator : ToyPolicies.all()) {
            for (Dials weather : WEATHERS) {
                for (long seed = 0; seed < SEEDS; seed++) {
                    String history = simulator.setting().policy().name() + ", seed " + seed + " in " + weather + ": ";
                    Recording recording = recorded(simulator.dials(weather), seed);
                    Replayed plain = Replay.of(recording);
                    steps += plain.steps();
                    Bytes file = redacted(recording, seed);
                    Replayed redacted =
                            new BundleCodec().decode(file, List.of()).replay();
                    judge(history, plain, different);
                    judge(history + "redacted ", redacted, different);
                    if (redacted.steps() != plain.steps() || redacted.decisions() != plain.decisions()) {
                        different.add(history + "fewer steps when redacted");
                    }
                    values(recording).stream()
                            .filter(value -> file.toUtf8().contains(value))
                            .forEach(value -> different.add(history + "'" + value + "' stands in the file"));
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(steps).isGreaterThan(2_000);
    }

    private static void judge(String history, Replayed replayed, List<String> different) {
        if (!replayed.same() || replayed.skipped() > 0) {
            different.add(history + replayed.report());
        }
    }

    private static Bytes redacted(Recording recording, long seed) {
        byte[] key = new byte[Redaction.KEY_BYTES];
        new Random(seed).nextBytes(key);
        Bundle plain = Bundle.plain("sim", List.of(), Instant.EPOCH, recording);
        return new BundleCodec().encode(Redaction.of(plain, key));
    }

    /** Every text that was seen or agreed, but for those that also name something in the rules, and very short ones. */
    private static Set<String> values(Recording recording) {
        Set<String> values = new TreeSet<>();
        for (var step : recording.steps()) {
            for (Decision decision : step.decisions()) {
                add(values, decision.saw());
                add(values, decision.after());
            }
            step.links().forEach(values::add);
        }
        values.removeIf(value -> value.length() < 4);
        return values;
    }

    private static void add(Set<String> values, @Nullable Value value) {
        if (value instanceof Value.Text text) {
            values.add(text.text());
        } else if (value instanceof Value.Members members) {
            values.addAll(members.members());
        }
    }

    static Recording recorded(SyncSimulator simulator, long seed) {
        Simulation lived = simulator.recorded().lived(seed);
        return new Recordings(lived.store, Host.SYNC, simulator.setting().resolvers()).all(links -> {});
    }
}
