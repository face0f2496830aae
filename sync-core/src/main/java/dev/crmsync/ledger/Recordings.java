package dev.crmsync.ledger;

import dev.crmsync.json.PartCodec;
import dev.crmsync.json.RulesCodec;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.Rules;
import dev.crmsync.replay.Before;
import dev.crmsync.replay.Part;
import dev.crmsync.replay.Recording;
import dev.crmsync.replay.Step;
import dev.crmsync.spi.resolver.Resolver;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link Recorder} has kept out of a store. Changes nothing. Not thread-safe. */
public final class Recordings {
    private static final int PAGE = 200;

    private final Store store;
    private final String sync;
    private final List<Resolver> resolvers;
    private final PartCodec codec = new PartCodec();
    private final Map<String, List<Part>> known = new HashMap<>();

    /**
     * The recordings of a sync.
     *
     * @param store where they are
     * @param sync the sync
     * @param resolvers resolvers that its policy may name
     */
    public Recordings(Store store, String sync, Collection<? extends Resolver> resolvers) {
        this.store = store;
        this.sync = sync;
        this.resolvers = List.copyOf(resolvers);
    }

    /**
     * The recording of some links.
     *
     * @param links their ids
     * @return what was recorded of them; without steps when nothing was
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the recording is damaged or of a newer version
     */
    public Recording of(Collection<String> links) {
        return of(links, done -> {});
    }

    private Recording of(Collection<String> links, LongConsumer progress) {
        List<Step> steps = new ArrayList<>();
        Set<String> hashes = new TreeSet<>();
        Set<List<Object>> joint = new HashSet<>();
        long done = 0;
        for (String link : new TreeSet<>(links)) {
            for (Part part : parts(link)) {
                boolean again = part.links().size() > 1 && !joint.add(List.of(part.at(), part.place(), part.links()));
                Step step = again ? null : step(part);
                if (step != null) {
                    steps.add(step);
                    hashes.add(step.rules());
                }
            }
            known.clear();
            progress.accept(++done);
        }
        TreeMap<String, Rules> rules = new TreeMap<>();
        hashes.forEach(hash -> store.cursor(sync, Recorder.RULES + hash)
                .ifPresent(document -> rules.put(hash, new RulesCodec().decode(document, resolvers))));
        return new Recording(steps, rules);
    }

    /**
     * The recording of all links of the sync.
     *
     * @param progress is told how many links were read so far
     * @return what was recorded of them
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the recording is damaged or of a newer version
     */
    public Recording all(LongConsumer progress) {
        List<String> links = new ArrayList<>();
        String after = null;
        List<LinkRow> page;
        do {
            page = store.walkLinks(sync, after, PAGE);
            page.forEach(row -> links.add(row.id()));
            after = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        return of(links, progress);
    }

    /** Null when a part of it was erased, or was never kept. */
    private @Nullable Step step(Part part) {
        Input input = part.input();
        if (input == null) {
            return null;
        }
        List<Before> before = new ArrayList<>();
        TreeMap<Integer, Decision> decisions = new TreeMap<>();
        TreeMap<Integer, Due> due = new TreeMap<>();
        for (String link : part.links()) {
            Part own = link.equals(part.before().link()) ? part : partner(link, part);
            if (own == null) {
                return null;
            }
            before.add(own.before());
            decisions.putAll(own.decisions());
            due.putAll(own.due());
        }
        return new Step(input, before, part.rules(), List.copyOf(decisions.values()), List.copyOf(due.values()));
    }

    private @Nullable Part partner(String link, Part part) {
        return parts(link).stream()
                .filter(part::goesWith)
                .filter(other -> other.input() != null)
                .findFirst()
                .orElse(null);
    }

    private List<Part> parts(String link) {
        return known.computeIfAbsent(link, this::read);
    }

    /**
     * In the order in which they were planned. An input that touches several links may bear a number that is far beyond one that
     * it left as it was; that link's own number before it tells, and its place where that stayed the same.
     */
    private List<Part> read(String link) {
        List<Part> parts = new ArrayList<>();
        long before = Long.MAX_VALUE;
        int limit = PAGE;
        while (true) {
            List<JournalEntry> page = store.journal(sync, link, before, limit);
            boolean more = page.size() == limit;
            long cut = more ? page.get(page.size() - 1).seq() : Long.MIN_VALUE;
            boolean any = false;
            for (JournalEntry entry : page) {
                // Of the lowest number there may be more than the page holds.
                if (!more || entry.seq() != cut) {
                    any = true;
                    if (entry.kind().equals(PartCodec.INPUT)) {
                        parts.add(codec.decode(entry));
                    }
                }
            }
            if (!more) {
                break;
            }
            limit = any ? PAGE : limit * 2;
            before = any ? cut + 1 : before;
        }
        parts.sort(Comparator.<Part>comparingLong(part -> part.before().seq()).thenComparingLong(Part::place));
        return List.copyOf(parts);
    }
}
