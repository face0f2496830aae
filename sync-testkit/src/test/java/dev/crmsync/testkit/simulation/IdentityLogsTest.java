package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.json.IdentityCodec;
import dev.crmsync.planning.Composition;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.store.JournalEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Nothing about who is who happens beside the identity logs: in histories that nobody has chosen each log is one chain, which
 * begins with the link, whose every step begins with what the one before it left, and whose end is what stands.
 */
class IdentityLogsTest {
    private static final int SEEDS = 12;

    private final IdentityCodec codec = new IdentityCodec();
    private final Map<String, Integer> kinds = new TreeMap<>();

    @Test
    void every_identity_log_is_one_chain_from_the_beginning_of_its_link_to_what_stands() {
        for (Dials dials : List.of(Dials.storm().merging(8), Dials.storm().removing(25))) {
            List<SyncSimulator> simulators = ToyPolicies.all();
            for (int policy = 0; policy < simulators.size(); policy++) {
                for (long seed = 0; seed < SEEDS; seed++) {
                    Simulation simulation = simulators.get(policy).dials(dials).lived(seed);
                    for (LinkState link : simulation.findings().links.values()) {
                        isOneChain(
                                link,
                                steps(simulation, link.id()),
                                "policy " + policy + " under " + dials + ", seed " + seed);
                    }
                }
            }
        }
        assertThat(kinds)
                .as("histories in which little happens would show little")
                .containsKeys(
                        "Born", "Attached", "Claimed", "Confirmed", "Rekeyed", "Joined", "Merged", "Gone", "Undeleted");
    }

    private List<IdentityStep> steps(Simulation simulation, String link) {
        List<JournalEntry> entries =
                new ArrayList<>(simulation.store.journal(Host.SYNC, link, Long.MAX_VALUE, 100_000));
        // Newest first, and of one number in the order of their commit: a stable sort by the number puts all in order.
        Collections.sort(entries, (one, other) -> Long.compare(one.seq(), other.seq()));
        return entries.stream()
                .filter(entry -> entry.kind().equals(IdentityCodec.IDENTITY))
                .map(codec::decode)
                .toList();
    }

    private void isOneChain(LinkState link, List<IdentityStep> steps, String history) {
        String where = history + ", link " + link.id() + ": " + steps;
        assertThat(steps).as(where).isNotEmpty();
        assertThat(steps.get(0).begins()).as(where).isTrue();
        @Nullable Composition standing = null;
        for (IdentityStep step : steps) {
            assertThat(step.before()).as(where).isEqualTo(standing);
            assertThat(step.cause()).as(where).isNotNull();
            standing = step.after();
            for (IdentityChange change : step.changes()) {
                kinds.merge(change.getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        assertThat(standing).as(where).isEqualTo(Composition.of(link));
    }
}
