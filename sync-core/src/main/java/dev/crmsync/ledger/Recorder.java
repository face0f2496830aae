package dev.crmsync.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.crmsync.json.PartCodec;
import dev.crmsync.json.RulesCodec;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.replay.Before;
import dev.crmsync.replay.Part;
import dev.crmsync.spi.store.Unit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Keeps the inputs of links in their journals, in the same commit as what they came to, so that they can be planned again.
 * The link as it was is kept with the first input that this recorder sees of it, after a gap, and from time to time: a journal
 * that was trimmed can still be planned from there on. An erased link keeps nothing. Thread-safe.
 */
public final class Recorder {
    /** Under which cursor, followed by their digest, the rules are kept. */
    static final String RULES = "recorded rules ";

    private static final int REMEMBERED = 20_000;

    /** After how many inputs the whole link is kept again. */
    private static final int APART = 50;

    /** How many bits tell inputs of one millisecond apart. */
    private static final int COUNTED = 10;

    private final Predicate<String> wanted;
    private final PartCodec codec = new PartCodec();
    private final AtomicLong last = new AtomicLong();
    private final Set<String> rulesKept = ConcurrentHashMap.newKeySet();
    private final Cache<String, Mark> marks = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** Up to where a link is recorded without a gap, and how many inputs ago it was kept whole. */
    private record Mark(long seq, int since) {}

    /** What is remembered once a unit was committed. */
    record Written(Map<String, Mark> marks, Set<String> rules) {
        static final Written NOTHING = new Written(Map.of(), Set.of());
    }

    /**
     * A recorder.
     *
     * @param links which links are recorded, by id
     */
    public Recorder(Predicate<String> links) {
        this.wanted = Objects.requireNonNull(links, "links");
    }

    /** Adds to a unit what is to be kept of some steps. */
    Written write(List<Taken> steps, Predicate<String> erased, Unit.Builder unit) {
        Map<String, Mark> fresh = new HashMap<>();
        Set<String> rules = new TreeSet<>();
        for (Taken step : steps) {
            long place = next(step.input().at());
            for (LinkState stored : step.stored()) {
                LinkState after = step.plan().after().get(stored.id());
                if (wanted.test(stored.id()) && !stored.erased() && !after.erased() && !erased.test(stored.id())) {
                    unit.journal(codec.encode(part(step, place, stored, fresh), step.input()));
                    keep(step.rules(), rules, unit);
                }
            }
        }
        return fresh.isEmpty() ? Written.NOTHING : new Written(fresh, rules);
    }

    private void keep(Rules rules, Set<String> fresh, Unit.Builder unit) {
        if (!rulesKept.contains(rules.hash()) && fresh.add(rules.hash())) {
            unit.cursor(RULES + rules.hash(), new RulesCodec().encode(rules));
        }
    }

    private Part part(Taken step, long place, LinkState stored, Map<String, Mark> fresh) {
        String id = stored.id();
        Mark mark = fresh.containsKey(id) ? fresh.get(id) : marks.getIfPresent(id);
        boolean together = step.stored().size() > 1;
        boolean whole = stored.seq() > 0
                && (together
                        || mark == null
                        || mark.seq() != stored.seq() && !unmoved(mark, step)
                        || mark.since() >= APART);
        // What others were like is kept with them: the next step is planned on this link alone again.
        fresh.put(id, new Mark(together ? -1 : step.input().seq(), whole || mark == null ? 1 : mark.since() + 1));
        SortedMap<Integer, Decision> decisions = new TreeMap<>();
        List<Decision> all = step.plan().decisions();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).link().equals(id)) {
                decisions.put(i, all.get(i));
            }
        }
        SortedMap<Integer, Due> due = new TreeMap<>();
        List<Due> work = step.plan().due();
        for (int i = 0; i < work.size(); i++) {
            if (work.get(i).link().equals(id)) {
                due.put(i, work.get(i));
            }
        }
        return new Part(
                step.input().at(),
                step.input().seq(),
                place,
                step.stored().stream().map(LinkState::id).sorted().toList(),
                step.rules().hash(),
                step.input(),
                new Before(
                        id,
                        stored.type(),
                        stored.seq(),
                        whole ? stored : null,
                        step.successors().getOrDefault(id, Map.of())),
                decisions,
                due);
    }

    /** Grows with every input, and with the time: an input that changed nothing leaves the link's number as it was. */
    private long next(Instant at) {
        long time = at.toEpochMilli() << COUNTED;
        return last.updateAndGet(before -> Math.max(before + 1, time));
    }

    /** Within a draft an input that changed nothing leaves the link under the number that it had. */
    private static boolean unmoved(Mark mark, Taken step) {
        return mark.seq() == step.input().seq();
    }

    /** Remembers what a unit has kept, once it is committed. */
    void committed(Written written) {
        marks.putAll(written.marks());
        rulesKept.addAll(written.rules());
    }
}
