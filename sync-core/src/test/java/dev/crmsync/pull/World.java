package dev.crmsync.pull;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Progress;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.memory.MemoryStore;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Kirim and a CRM under the guide's policy, with a clock to set and a store that can be made to die. */
public final class World implements SyncListener {
    public static final String SYNC = "acme";

    /** The death of the process at a call of the store. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    public Instant now = Instant.parse("2026-05-01T12:00:00Z");
    public final ToySystem kirim = new ToySystem("kirim", () -> now);
    public final ToySystem crm = new ToySystem("crm", () -> now);
    public final Store store;
    public final List<Progress> told = new ArrayList<>();
    public Policy policy = Policies.guide().kirim("kirim").primaryCrm("crm");

    /** How many changing calls the store survives; after that it is dead until the process is started again. */
    public int lives = Integer.MAX_VALUE;

    /** Whether the call at which it dies still took effect. */
    public boolean diesAfterwards;

    public boolean dead;
    private int ids;

    public World() {
        MemoryStore memory = new MemoryStore();
        Set<String> changing = Set.of("commit", "moveLane", "lease", "release");
        this.store = (Store) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Store.class}, (self, call, args) -> {
                    if (dead) {
                        throw new Killed();
                    }
                    dead = changing.contains(call.getName()) && --lives < 0;
                    Object answer = null;
                    if (!dead || diesAfterwards) {
                        answer = answer(call, memory, args);
                    }
                    if (dead) {
                        throw new Killed();
                    }
                    return answer;
                });
    }

    private static Object answer(Method call, Store store, Object[] args) throws Throwable {
        try {
            return call.invoke(store, args);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** Another process takes over from one that was killed. */
    public void rises() {
        dead = false;
        lives = Integer.MAX_VALUE;
        passes(Duration.ofMinutes(3));
    }

    public Ledger ledger() {
        return ledger("");
    }

    /** The sync as one process sees it: each has ids of its own. */
    public Ledger ledger(String process) {
        Rules rules = rules();
        return new Ledger(new SyncContext(
                SYNC,
                store,
                () -> rules,
                new TreeMap<>(Map.of("kirim", kirim, "crm", crm)),
                () -> now,
                () -> "%s%06d".formatted(process, ++ids),
                () -> 0.0,
                this,
                Bytes.utf8("salt")));
    }

    public Rules rules() {
        return Rules.of(policy, Map.of("kirim", rules(kirim), "crm", rules(crm)), "ID");
    }

    private static SystemRules rules(ToySystem system) {
        Map<String, Mapping> mappings = new TreeMap<>();
        system.defaultMappings().forEach(mapping -> mappings.put(mapping.type(), mapping));
        return new SystemRules(system.declaration(), mappings);
    }

    public Map<String, Pacer> pacers() {
        return Map.of("kirim", Pacer.of(kirim.declaration(), () -> now), "crm", Pacer.of(crm.declaration(), () -> now));
    }

    public Walk walk(ToySystem system) {
        return new Walk(ledger(), pacers().get(name(system)), name(system), Contact.TYPE);
    }

    public String name(ToySystem system) {
        return system == kirim ? "kirim" : "crm";
    }

    /** Walks to the end, letting time pass where the walk asks for it. */
    public WalkReport walked(Walk walk, Lane lane) {
        return walked(walk, lane, now);
    }

    public WalkReport walked(Walk walk, Lane lane, Instant since) {
        for (int steps = 0; steps < 10_000; steps++) {
            Step step = walk.step(lane, since, null);
            if (step instanceof Step.Ended ended) {
                return ended.report();
            } else if (step instanceof Step.Waits waits) {
                passes(waits.time());
            }
        }
        throw new AssertionError("the walk never ends");
    }

    public void passes(Duration time) {
        now = now.plus(time);
    }

    public List<LinkState> links() {
        List<String> ids =
                store.walkLinks(SYNC, null, 100_000).stream().map(LinkRow::id).toList();
        return List.copyOf(ledger().load(ids).values());
    }

    public LinkState link(ToySystem system, String id) {
        String link = store.linkIds(SYNC, List.of(system.ref(id))).get(system.ref(id));
        return ledger().load(List.of(link)).get(link);
    }

    public List<DueRow> due(Lane... lanes) {
        return store.walkDue(SYNC, Set.of(lanes), null, 100_000);
    }

    /** A read of a record is answered now, whatever the system lists. */
    public void reads(ToySystem system, String id, String property, String value) {
        LinkState link = link(system, id);
        ChangeEvent record = ChangeEvent.full(
                system.ref(id), Map.of(property, NativeValue.text(value)), AsOf.at(now), Evidence.READ);
        ledger().plan(
                        link.id(),
                        Lane.LIVE,
                        (links, at, seq) -> new Input.ReadOutcome(
                                at, seq, link.id(), name(system), link.seq(), new Read.Found(record), Map.of()));
    }

    public Lane laneOf(ToySystem owner, String id, String system) {
        String link = link(owner, id).id();
        Predicate<DueRow> of = row -> row.link().equals(link) && row.system().equals(system);
        return due(Lane.values()).stream().filter(of).findFirst().orElseThrow().lane();
    }

    @Override
    public void progress(String sync, Progress progress) {
        told.add(progress);
    }
}
