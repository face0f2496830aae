package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the laboratory itself has written down: everything that truly happened at the vendors, everything that was said of
 * it, and when the engine took it into account. The laws are judged by this, never by what the engine believes.
 */
final class Chronicle {
    final List<Deed> deeds = new ArrayList<>();
    final List<Sighting> sightings = new ArrayList<>();
    final List<Commit> commits = new ArrayList<>();
    final List<Processed> processed = new ArrayList<>();
    final List<Parted> parted = new ArrayList<>();
    final Map<String, Long> counts = new TreeMap<>();
    final Set<Happening> happenings = EnumSet.noneOf(Happening.class);

    private final World world;
    private final Map<String, Sighting> byKey = new HashMap<>();
    /** What took effect before its sender was told that it had arrived: the engine died in between. */
    private final Map<String, Long> byKeyDone = new HashMap<>();

    private final Map<Long, Arrived> rows = new HashMap<>();
    private Unheard unheard = new Unheard();

    /** What one node was told and has not committed yet. */
    static final class Unheard {
        private final List<Sighting> answers = new ArrayList<>();
        private final List<Call> answered = new ArrayList<>();
    }

    /** A link took on a version. */
    record Commit(long tick, String link, long expected, long version) {}

    /** A person took a record out of a link; it has one of its own since. */
    record Parted(long tick, String link, String own, RecordRef ref) {}

    /** An inbox row was done. */
    record Processed(long tick, long row, RecordRef record) {}

    /** The number of the latest notice of each record that has arrived. */
    private final Map<RecordRef, Integer> latestHeard = new HashMap<>();

    private boolean over;

    private record Arrived(String key, @Nullable Sighting sighting, RecordRef record) {}

    Chronicle(World world) {
        this.world = world;
    }

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    void happened(Happening what) {
        if (!over) {
            happenings.add(what);
        }
    }

    /** What is only played once more from now on has happened already. */
    void replayed() {
        over = true;
    }

    long tick() {
        return world.tick();
    }

    /** A webhook was answered with 200. */
    void accepted(String system, String key, Notice notice) {
        int latest = latestHeard.merge(notice.event().ref(), notice.number(), Math::max);
        if (latest > notice.number()) {
            happened(Happening.REORDERING);
        }
        Sighting sighting = byKey.computeIfAbsent(system + ' ' + key, fresh -> {
            Sighting made = new Sighting(notice.deed().tick(), notice.event(), notice);
            sightings.add(made);
            return made;
        });
        if (sighting.accepted == 0) {
            sighting.accepted = world.tick();
            sighting.planned = byKeyDone.getOrDefault(system + ' ' + key, sighting.planned);
        }
    }

    /** A read, a page or a write's answer is on its way to the engine. */
    void answered(ChangeEvent event, long taken) {
        Sighting sighting = new Sighting(taken, event, null);
        sightings.add(sighting);
        unheard.answers.add(sighting);
    }

    /** The webhooks of a system that reached the engine, in the order in which they did. */
    List<Notice> heard(String system) {
        List<Notice> heard = new ArrayList<>();
        sightings.forEach(sighting -> {
            if (sighting.notice != null && sighting.event.ref().system().equals(system)) {
                heard.add(sighting.notice);
            }
        });
        return heard;
    }

    /** A write's answer is on its way to the engine. */
    void answered(Call call) {
        unheard.answered.add(call);
    }

    void pending(long row, String system, String key, RecordRef record) {
        rows.put(row, new Arrived(system + ' ' + key, byKey.get(system + ' ' + key), record));
    }

    /** An inbox row was processed by a commit. */
    void done(long row, long tick) {
        Arrived arrived = rows.get(row);
        if (arrived == null) {
            return;
        }
        processed.add(new Processed(tick, row, arrived.record()));
        byKeyDone.putIfAbsent(arrived.key(), tick);
        Sighting sighting = Optional.ofNullable(byKey.get(arrived.key())).orElse(arrived.sighting());
        if (sighting != null && sighting.planned == 0) {
            sighting.planned = tick;
        }
    }

    /** A link was committed that holds these records: what was answered about them has been taken into account. */
    void committed(String link, long expected, long version, Set<RecordRef> records, long tick) {
        commits.add(new Commit(tick, link, expected, version));
        unheard.answered.removeIf(call -> {
            boolean mine = call.write.key().equals(link)
                    || call.answer instanceof Outcome.Done done && records.contains(done.ref());
            if (mine) {
                call.heard = tick;
            }
            return mine;
        });
        for (Sighting sighting : List.copyOf(unheard.answers)) {
            if (records.contains(sighting.event.ref())) {
                unheard.answers.remove(sighting);
                sighting.planned = askedAgain(sighting) ? 0 : tick;
            }
        }
    }

    /** Whether the record was read once more before anything came of an answer: whoever had asked had no use for it by then. */
    private boolean askedAgain(Sighting sighting) {
        return sighting.event.evidence() == Evidence.READ
                && unheard.answers.stream()
                        .anyMatch(other -> other.event.ref().equals(sighting.event.ref())
                                && other.event.evidence() == Evidence.READ
                                && other.taken > sighting.taken);
    }

    /** The engine died: what it had been told and had not committed is forgotten. */
    void died() {
        unheard.answers.clear();
        unheard.answered.clear();
    }

    /** Another node is at work from now on; what is returned belongs to the one before it. */
    Unheard turnTo(Unheard node) {
        Unheard before = unheard;
        unheard = node;
        return before;
    }
}
