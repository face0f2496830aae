package dev.crmsync.ledger;

import dev.crmsync.identity.Identity;
import dev.crmsync.identity.Situation;
import dev.crmsync.json.EventCodec;
import dev.crmsync.json.LinkCodec;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which inputs reach links: load, plan, and commit by compare-and-set together with the journal, the due
 * work, reviews, and whatever the caller adds. Who loses against another worker is loaded and planned again. Thread-safe.
 */
public final class Ledger {
    /** How many events are observed in one transaction. */
    private static final int BATCH = 100;

    private final SyncContext context;
    private final MatchKeys keys;
    private final LinkCodec links = new LinkCodec();
    private final EventCodec events = new EventCodec();

    /**
     * The ledger of a sync.
     *
     * @param context the sync
     */
    public Ledger(SyncContext context) {
        this.context = context;
        this.keys = new MatchKeys(context.salt());
    }

    /**
     * The sync that this is the ledger of.
     *
     * @return its context
     */
    public SyncContext context() {
        return context;
    }

    /**
     * Loads links as they are stored.
     *
     * @param ids link ids; unknown ones are left out of the answer
     * @return the links by id
     * @throws SyncException of kind PERMANENT when a document cannot be read
     */
    public Map<String, LinkState> load(Collection<String> ids) {
        Map<String, LinkState> loaded = new TreeMap<>();
        for (LinkRow row : context.store().links(context.sync(), ids)) {
            loaded.put(row.id(), links.decode(row));
        }
        return loaded;
    }

    /**
     * Identifies, plans and commits events in their order. One that cannot be planned becomes a dead letter by itself, and
     * the others go on. The inbox rows of an event are done in the same commit.
     *
     * @param arrivals the events
     * @param lane the lane of the work that becomes due by them
     * @param fence the lease under which they are observed, or null
     * @return what became of them
     * @throws SyncException of kind TRANSIENT when the store fails; what was committed before stays
     */
    public Observation observe(List<Arrival> arrivals, Lane lane, @Nullable Fence fence) {
        SortedSet<String> reached = new TreeSet<>();
        Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        List<Arrival> left = new ArrayList<>();
        int dead = 0;
        for (int from = 0; from < arrivals.size(); from += BATCH) {
            List<Arrival> batch = arrivals.subList(from, Math.min(arrivals.size(), from + BATCH));
            List<Posting> postings = batch.stream()
                    .map(arrival -> observing(arrival, lane, reached))
                    .toList();
            List<Posted> posted = new Round(context, keys, desk -> prepare(desk, batch)).run(postings, fence);
            for (int i = 0; i < batch.size(); i++) {
                Posted one = posted.get(i);
                one.reasons().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
                boolean buried = one.failure() != null && bury(batch.get(i), one.failure(), fence);
                dead += buried ? 1 : 0;
                if (!one.committed() && !buried) {
                    left.add(batch.get(i));
                }
            }
        }
        return new Observation(reached, reasons, dead, left);
    }

    private static Posting observing(Arrival arrival, Lane lane, SortedSet<String> reached) {
        return new Posting(Set.of(), Set.of(), lane, draft -> {
            draft.observe(arrival.event()).ifPresent(reached::add);
            arrival.inboxRows().forEach(draft.unit()::inboxDone);
        });
    }

    /** Fetches at once what the events ask for. One that cannot be asked is found out when its turn comes. */
    private void prepare(Desk desk, List<Arrival> arrivals) {
        Set<RecordRef> refs = new TreeSet<>();
        Map<String, Set<Situation.Match>> matches = new HashMap<>();
        for (Arrival arrival : arrivals) {
            ChangeEvent event = arrival.event();
            try {
                refs.addAll(Identity.lookUps(event, desk.rules));
                matches.computeIfAbsent(event.ref().type(), type -> new TreeSet<>())
                        .addAll(Identity.matchesOf(event, desk.rules));
            } catch (RuntimeException poison) {
                // Nothing is fetched for it: its own turn makes it a dead letter.
            }
        }
        desk.fetchOwners(refs);
        for (Arrival arrival : arrivals) {
            ChangeEvent event = arrival.event();
            try {
                matches.computeIfAbsent(event.ref().type(), type -> new TreeSet<>())
                        .addAll(Identity.erasures(event, ref -> desk.owner(ref) != null, desk.rules));
            } catch (RuntimeException poison) {
                // As above.
            }
        }
        matches.forEach(desk::fetchBearers);
    }

    /**
     * The erased link that a record belonged to.
     *
     * @param ref the record
     * @return the link, or empty when no erased one had it
     */
    public Optional<String> erased(RecordRef ref) {
        MatchKey key = keys.of(ref.type(), Identity.erased(ref));
        return context.store().matches(context.sync(), Set.of(key)).values().stream()
                .flatMap(List::stream)
                .findFirst();
    }

    private boolean bury(Arrival arrival, RuntimeException failure, @Nullable Fence fence) {
        String reason = DeadLetters.reason(failure);
        String system = arrival.event().ref().system();
        Posting burial = new Posting(Set.of(), Set.of(), Lane.LIVE, draft -> {
            draft.unit()
                    .deadLetter(DeadLetters.of(
                            context,
                            DeadLetters.EVENT,
                            system,
                            draft.owner(arrival.event().ref()).orElse(null),
                            reason,
                            events.encode(arrival.event())));
            arrival.inboxRows().forEach(draft.unit()::inboxDone);
        });
        boolean buried = post(List.of(burial), fence).get(0).committed();
        if (buried) {
            context.listener().deadLetter(context.sync(), system, DeadLetters.EVENT, reason);
        }
        return buried;
    }

    /**
     * Plans and commits one input for one link.
     *
     * @param link the link
     * @param lane the lane of the work that becomes due by it
     * @param input makes the input
     * @return what became of it
     */
    public Posted plan(String link, Lane lane, InputMaker input) {
        Posting posting = Posting.on(link, lane, draft -> draft.plan(List.of(link), input));
        return post(List.of(posting), null).get(0);
    }

    /**
     * Runs postings and commits them, as many as possible in one transaction; those that build on each other's links are
     * committed together.
     *
     * @param postings the postings, in order
     * @param fence the lease under which they are posted, or null
     * @return what became of each, in order
     * @throws SyncException of kind TRANSIENT when the store fails: nothing was kept
     */
    public List<Posted> post(List<Posting> postings, @Nullable Fence fence) {
        return new Round(context, keys, desk -> {}).run(postings, fence);
    }

    /**
     * What a posting that must be committed came to.
     *
     * @param posted what became of it
     * @return the same
     * @throws SyncException of kind TRANSIENT when it was overtaken each time; or what its script threw
     */
    public static Posted expect(Posted posted) {
        RuntimeException failure = posted.failure();
        if (failure != null) {
            throw failure;
        }
        if (!posted.committed()) {
            throw SyncException.of(Kind.TRANSIENT, "others were faster on the same link each time; try again");
        }
        return posted;
    }

    static Map<Reason, Long> count(List<List<Decision>> decisions) {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        decisions.forEach(some -> some.forEach(decision -> counts.merge(decision.reason(), 1L, Long::sum)));
        return counts;
    }
}
