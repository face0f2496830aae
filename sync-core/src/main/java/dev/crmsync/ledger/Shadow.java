package dev.crmsync.ledger;

import dev.crmsync.planning.Rules;
import dev.crmsync.replay.Comparison;
import dev.crmsync.replay.Disagreement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A candidate that plans every input once more when it was committed, from the same link, and writes nothing: it counts where it
 * would have done otherwise. What it throws is counted, and told in the log once for each kind. Thread-safe.
 */
public final class Shadow {
    private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);

    private final Rules candidate;
    private final LongAdder inputs = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Map<Spot, LongAdder> counts = new ConcurrentHashMap<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    /** What disagreements are counted by. */
    private record Spot(String field, String change) {
        static Spot of(Disagreement one) {
            String field = one.field();
            String change = one.live() + " -> " + one.candidate() + (one.value() ? ", another value" : "");
            return new Spot(field == null ? "" : field, change);
        }
    }

    /**
     * A shadow.
     *
     * @param candidate the rules that it plans under
     */
    public Shadow(Rules candidate) {
        this.candidate = Objects.requireNonNull(candidate, "candidate");
    }

    /** Plans again what was committed. Throws nothing. */
    void look(String sync, List<Taken> committed, SyncListener listener) {
        for (Taken taken : committed) {
            inputs.increment();
            try {
                for (Disagreement one : Comparison.of(taken.before(), taken.input(), taken.plan(), candidate)) {
                    counts.computeIfAbsent(Spot.of(one), fresh -> new LongAdder())
                            .increment();
                    listener.disagreed(sync, one);
                }
            } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
                failures.increment();
                tell(sync, thrown.getClass().getName());
            }
        }
    }

    /** The text of what a resolver throws may hold anything; its kind is enough to find the fault. */
    private void tell(String sync, String kind) {
        if (failed.add(kind)) {
            LOG.warn(
                    "{}: the candidate {} in the shadow threw {}; what it would have decided is not known, and only counted"
                            + " from now on",
                    sync,
                    candidate.policy().name(),
                    kind);
        }
    }

    /**
     * What it found so far.
     *
     * @return the counts; those of a running engine grow
     */
    public ShadowReport report() {
        SortedMap<String, SortedMap<String, Long>> fields = new TreeMap<>();
        counts.forEach((spot, count) ->
                fields.computeIfAbsent(spot.field(), fresh -> new TreeMap<>()).put(spot.change(), count.sum()));
        return new ShadowReport(
                candidate.policy().name() + " version " + candidate.policy().version(),
                inputs.sum(),
                failures.sum(),
                fields);
    }
}
