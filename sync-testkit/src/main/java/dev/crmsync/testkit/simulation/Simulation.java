package dev.crmsync.testkit.simulation;

import dev.crmsync.json.EventCodec;
import dev.crmsync.json.JournalCodec;
import dev.crmsync.ledger.Worked;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Reason;
import dev.crmsync.safety.Budget;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One history while it is being lived. */
final class Simulation {
    private static final int MOST_ROUNDS = 30_000;

    final World world = new World();
    final Chronicle chronicle = new Chronicle(world);
    final SortedMap<String, ToyVendor> vendors = new TreeMap<>();

    final Store store;
    private final Deployments deployments;
    private final Budget budget;
    private final Host host;
    private final People people;
    private final Wire wire;
    private final Courier courier;
    private final Dice dice;
    private final Dials dials;
    private final Faults faults;
    private final Dice pauses;
    private int deeds;
    private Findings.Replays replays = new Findings.Replays(0, new TreeMap<>(), new TreeMap<>());

    Simulation(Setting setting, long seed) {
        dials = setting.dials();
        store = setting.stores().get();
        faults = new Faults(setting.course());
        List<String> systems = setting.systems();
        dice = new Dice(seed);
        pauses = dice.named("pauses");
        Outages outages = Outages.drawn(dice.named("outages"), dials, systems, faults, chronicle);
        wire = new Wire(world, chronicle, dice.named("wire"), dials, faults, outages);
        SortedMap<String, Adapter> adapters = new TreeMap<>();
        for (String system : systems) {
            boolean anchor = system.equals(systems.get(0));
            Shape shape = Shape.draw(system, anchor, dice.named("shape of " + system), dials);
            world.tell(shape.toString());
            ToyVendor vendor = new ToyVendor(shape, world, dice.named("vendor " + system), chronicle);
            vendors.put(system, vendor);
            Dice automated = dice.named("automation at " + system);
            if (automated.chance(dials.of(Dial.AUTOMATIONS))) {
                vendor.automatedBy(new Automation(world, vendor, automated));
            }
            adapters.put(system, setting.sabotage().adapter(ToySystem.of(vendor, wire)));
        }
        deployments = new Deployments(setting, dice.named("deployments"), adapters);
        budget = new Budget(0, dice.named("budget").of(0, 1, 2, 100, 100, 100));
        EventCodec events = new EventCodec();
        Store watched = new WatchedStore(
                        setting.sabotage().store(store),
                        chronicle,
                        row -> events.decode(row.event().content()).ref(),
                        this::standStill)
                .face();
        host = new Host(
                world,
                chronicle,
                watched,
                deployments.systems(),
                deployments.rules(),
                dice.named("host"),
                faults,
                dials.of(Dial.CRASHES) == 0 ? 0 : dice.named("crashes").below(dials.of(Dial.CRASHES) + 1),
                budget,
                setting.recording());
        courier = new Courier(world, chronicle, dice.named("courier"), dials, faults, host);
        vendors.forEach((system, vendor) -> vendor.sendsWith(notice -> courier.take(system, notice)));
        List<ToyVendor> inOrder = systems.stream().map(vendors::get).toList();
        people = new People(world, chronicle, dice.named("people"), inOrder, dials, setting.course(), host::split);
        wire.pausedBy(this::standStill);
    }

    private void standStill() {
        host.standStill(pauses, dials.of(Dial.PAUSES));
    }

    void live() {
        people.begin(dials.persons());
        deeds = people.plan(dials.edits(), dials.span());
        deployments.plan(world, chronicle, host);
        Dice sweeps = dice.named("sweeps");
        if (sweeps.chance(60)) {
            world.at(World.BEGIN.plusMillis(sweeps.below((int) dials.span().toMillis())), host::sweep);
        }
        run(World.BEGIN.plus(dials.span()));
        world.tell("-- people go home, and nothing fails any more");
        people.goHome();
        wire.calmDown();
        courier.calmDown();
        host.calmDown();
        run(Instant.MAX);
        // What the first sweep makes may be what the second needs: an empty listing proves nothing.
        for (int sweep = 0; sweep < 2; sweep++) {
            host.sweep();
            run(Instant.MAX);
        }
        world.tell("-- everything is sent once more");
        chronicle.replayed();
        replay();
    }

    /** Lives on until a time, or until nobody has anything to do. */
    private void run(Instant until) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (!world.instant().isBefore(until)) {
                return;
            }
            Worked worked = host.step();
            if (worked.any()) {
                world.pass(Duration.ofMillis(1));
                continue;
            }
            Instant next = Worked.earlier(worked.next(), world.idle() ? null : world.next());
            if (next == null) {
                return;
            }
            Instant soon =
                    next.isAfter(world.instant()) ? next : world.instant().plusMillis(1);
            world.passUntil(soon.isAfter(until) ? until : soon);
        }
        throw new IllegalStateException("the world never comes to rest");
    }

    private void replay() {
        SortedMap<String, SortedMap<String, Value>> before = Convergence.agreed(links());
        int writes = writes();
        int archives = archives();
        boolean untold = vendors.values().stream().anyMatch(this::untold);
        Set<String> unknown = unknownToBeOne();
        Dice own = dice.named("replay");
        for (Map.Entry<String, ToyVendor> entry : vendors.entrySet()) {
            for (Notice notice : chronicle.heard(entry.getKey())) {
                courier.send(entry.getKey(), notice, "", own.millis(0, 600_000));
                courier.send(entry.getKey(), notice, "again", own.millis(0, 600_000));
            }
        }
        run(Instant.MAX);
        // Who was removed and never told of may be found to be gone only now, and is followed only now.
        int followed = untold ? archives() - archives : 0;
        SortedMap<String, SortedMap<String, Value>> after = Convergence.agreed(links());
        before.keySet().removeAll(unknown);
        after.keySet().removeAll(unknown);
        replays = new Findings.Replays(writes() - writes - followed, before, after);
    }

    /** The links of records of which people had made one, unknown to the engine: that may be found out only now. */
    private Set<String> unknownToBeOne() {
        Map<RecordRef, String> holders = new HashMap<>();
        links().forEach((id, link) -> link.refs().forEach(ref -> holders.put(ref, id)));
        Set<String> unknown = new HashSet<>();
        for (ToyVendor vendor : vendors.values()) {
            for (ToyRecord record : vendor.all()) {
                String survivor = record.became == null ? null : holders.get(vendor.survivor(record).ref);
                String own = holders.get(record.ref);
                if (own != null && survivor != null && !own.equals(survivor)) {
                    unknown.add(own);
                    unknown.add(survivor);
                }
            }
        }
        return unknown;
    }

    /** How many things people were to do, those that were left out among them. */
    int deeds() {
        return deeds;
    }

    /** How many faults the dice have chosen, those that were left out among them. */
    int faults() {
        return faults.chosen();
    }

    private boolean untold(ToyVendor vendor) {
        return vendor.all().stream().anyMatch(record -> !record.live() && !told(record));
    }

    private boolean told(ToyRecord record) {
        long removed = chronicle.deeds.stream()
                .filter(deed -> deed.ref().equals(record.ref))
                .filter(deed -> deed.kind() == Deed.Kind.ARCHIVED || deed.kind() == Deed.Kind.DELETED)
                .mapToLong(Deed::tick)
                .max()
                .orElse(0);
        return chronicle.sightings.stream()
                .filter(sighting -> sighting.event.ref().equals(record.ref) && sighting.planned > 0)
                .filter(sighting ->
                        sighting.event.kind() == ChangeKind.ARCHIVE || sighting.event.kind() == ChangeKind.DELETE)
                .anyMatch(sighting -> sighting.taken >= removed);
    }

    private int archives() {
        return (int) vendors.values().stream()
                .flatMap(vendor -> vendor.calls.stream())
                .filter(call -> call.archives)
                .count();
    }

    private int writes() {
        return vendors.values().stream().mapToInt(vendor -> vendor.calls.size()).sum();
    }

    private SortedMap<String, LinkState> links() {
        List<String> ids = store.walkLinks(Host.SYNC, null, 1_000).stream()
                .map(LinkRow::id)
                .toList();
        return new TreeMap<>(host.ledger().load(ids));
    }

    Findings findings() {
        SortedMap<String, LinkState> links = links();
        JournalCodec codec = new JournalCodec();
        SortedMap<String, List<Decision>> journal = new TreeMap<>();
        for (String link : links.keySet()) {
            List<JournalEntry> entries = new ArrayList<>(store.journal(Host.SYNC, link, Long.MAX_VALUE, 100_000));
            Collections.reverse(entries);
            List<Decision> decisions = new ArrayList<>();
            entries.stream()
                    .filter(entry -> entry.kind().equals(JournalCodec.DECISION))
                    .forEach(entry -> decisions.addAll(codec.decode(entry)));
            journal.put(link, decisions);
        }
        return new Findings(
                deployments.rules(),
                vendors,
                chronicle,
                links,
                journal,
                store.openReviews(Host.SYNC, null, 1_000),
                store.deadLetters(Host.SYNC, null, 1_000),
                store.walkDue(Host.SYNC, EnumSet.allOf(Lane.class), null, 1_000),
                store.countPending(Host.SYNC),
                replays,
                budget);
    }

    /** What the engine decided, for whoever has to find a fault. */
    void tellJournal(Findings found) {
        found.journal.forEach((link, decisions) -> {
            LinkState state = found.links.get(link);
            world.tell("-- " + link + " holds " + (state == null ? "" : state.refs()));
            for (Decision decision : decisions) {
                if (decision.reason() != Reason.UNCHANGED) {
                    world.tell("   " + decision.seq() + " @"
                            + Duration.between(World.BEGIN, decision.at()).toMillis() + " "
                            + decision.system() + " " + decision.field() + " " + decision.reason() + " saw "
                            + decision.saw() + " agreed " + decision.after() + " " + decision.stance() + " as of "
                            + decision.asOf());
                }
            }
        });
    }
}
