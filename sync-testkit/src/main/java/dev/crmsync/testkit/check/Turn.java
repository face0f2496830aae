package dev.crmsync.testkit.check;

import dev.crmsync.identity.Identity;
import dev.crmsync.identity.Situation;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A world while one move is being made in it: gives the planner what production would give it. Not thread-safe. */
final class Turn {
    private final Arena arena;
    private final Place[] places;
    private final Insight insight;
    LinkState link;
    private List<Due> due;
    private SortedMap<String, String> asked;
    private Budget left;
    private Instant now;
    private final Deeds deeds;

    @Nullable Breach breach;

    Turn(Arena arena, World world) {
        this.arena = arena;
        this.places = world.places().toArray(Place[]::new);
        this.link = world.link();
        this.due = world.due();
        this.asked = world.asked();
        this.left = world.left();
        this.now = world.now();
        this.deeds = new Deeds(arena, places, world.ticks());
        this.insight = new Insight(arena, places);
    }

    World world() {
        return new World(link, due, List.of(places), asked, left, now, deeds.ticks());
    }

    void make(Move move) {
        if (move instanceof Move.Edit edit) {
            int at = arena.index(edit.system());
            deeds.look(at, edit.readFirst());
            left = left.lessEdit();
            places[at] = places[at].edited();
            deeds.enter(at, arena.field(edit.field()), edit.value());
        } else if (move instanceof Move.Reaction reaction) {
            int at = arena.index(reaction.system());
            deeds.look(at, reaction.readFirst());
            places[at] = places[at].urged(reaction.field(), false);
            deeds.enter(at, arena.field(reaction.field()), deeds.automation(reaction));
        } else if (move instanceof Move.Tell tell) {
            tell(arena.index(tell.system()), tell);
        } else if (move instanceof Move.Serve serve) {
            serve(arena.index(serve.system()));
        } else if (move instanceof Move.Arrive arrive) {
            deeds.arrive(arena.index(arrive.system()));
        } else if (move instanceof Move.Answer answer) {
            answer(arena.index(answer.system()));
        } else if (move instanceof Move.Lose lose) {
            lose(arena.index(lose.system()));
        } else if (move instanceof Move.Crash) {
            left = left.lessCrash();
            for (int at = 0; at < places.length; at++) {
                places[at] = places[at].calling(null);
            }
        } else if (move instanceof Move.Pass) {
            now = Moves.next(due, now).orElseThrow();
            plan(new Input.TimerDue(now, seq(), Arena.LINK));
        }
    }

    /** An event reaches the engine: identified and planned as intake and ledger do. */
    private void tell(int at, Move.Tell tell) {
        List<Notice> notices = new ArrayList<>(places[at].notices());
        Notice notice = notices.get(tell.notice());
        if (tell.again()) {
            left = left.lessDuplicate();
            notices.set(tell.notice(), notice.toldOnce());
        } else {
            notices.remove(tell.notice());
        }
        places[at] = places[at].noticing(notices);
        LinkState before = link;
        List<Due> dueBefore = due;
        Plan plan = observe(notice.event());
        // While a read is wanted the engine knows that it does not know, and may learn the same from whatever comes
        // first.
        if (notice.told() && before.side(tell.system()).wanted() == null) {
            repeated(tell.system(), before, dueBefore);
        } else if (notice.isNews()) {
            accounted(tell.system(), notice, plan);
        }
        insight.shown(at, notice.event(), notice.at(), before, link);
        if (notice.isNews() && link.side(tell.system()).wanted() != null) {
            TreeSet<String> unclear = new TreeSet<>(places[at].unclear());
            unclear.addAll(notice.outside());
            places[at] = places[at].unclear(unclear);
        } else if (notice.isNews()) {
            notice.outside().forEach(insight::forgetTally);
        }
    }

    Plan observe(ChangeEvent event) {
        Map<RecordRef, String> owners = new HashMap<>();
        for (RecordRef ref : Identity.lookUps(event, arena.rules)) {
            if (link.refs().contains(ref)) {
                owners.put(ref, Arena.LINK);
            }
        }
        Identity.identify(new Situation(event, owners, Map.of(), Links.of(link), "another link", arena.rules))
                .forEach(change -> plan(new Input.Identity(now, seq(), change)));
        return plan(new Input.Observed(now, seq(), Arena.LINK, event, Map.of()));
    }

    /** Law 5: what was told once changes nothing when it is told again, and has nothing written. */
    private void repeated(String system, LinkState before, List<Due> dueBefore) {
        for (Field field : arena.fields) {
            Value was = Insight.agreed(before, field);
            Value is = Insight.agreed(link, field);
            if (!arena.same(field, was, is)) {
                breached(
                        5,
                        "an event of " + system + " that came twice changed what is agreed of " + field + " from "
                                + Arena.show(was) + " to " + Arena.show(is));
            }
        }
        Set<String> writing = writing(due);
        writing.removeAll(writing(dueBefore));
        if (!writing.isEmpty()) {
            breached(5, "an event of " + system + " that came twice has something written to " + writing);
        }
    }

    private static Set<String> writing(List<Due> due) {
        Set<String> systems = new TreeSet<>();
        due.stream()
                .filter(work -> work.need() == Due.Need.UPDATE || work.need() == Due.Need.CREATE)
                .forEach(work -> systems.add(work.system()));
        return systems;
    }

    /** Law 4: an edit that is told is decided on, or said not to be. */
    private void accounted(String system, Notice notice, Plan plan) {
        for (String field : notice.outside()) {
            boolean decided = plan.decisions().stream()
                    .anyMatch(decision -> decision.system().equals(system)
                            && (decision.field() == null || decision.field().equals(field)));
            if (!decided) {
                breached(4, "an edit of " + field + " at " + system + " was told and stands nowhere in the journal");
            }
        }
    }

    private void serve(int at) {
        String system = arena.systems.get(at).name;
        Due work = Moves.work(due, system, now).orElseThrow();
        switch (work.need()) {
            case READ -> places[at] = places[at].calling(new Call.Reading(link.seq(), null, null));
            case OUTCOME -> outcome(at, flight(system).seq(), new Outcome.Unknown("the engine stopped before it knew"));
            case CREATE, UPDATE -> begin(at, system);
            case TIMER -> plan(new Input.TimerDue(now, seq(), Arena.LINK));
            case LOOKUP, REPEAT, ARCHIVE ->
                throw new IllegalStateException("small worlds know no " + work.need() + ", and it is due at " + system);
        }
    }

    private InFlight flight(String system) {
        return Objects.requireNonNull(link.side(system).inFlight(), "in flight");
    }

    private void begin(int at, String system) {
        LinkState before = link;
        plan(new Input.WriteStarted(now, seq(), Arena.LINK, system, Map.of(), null));
        InFlight flight = link.side(system).inFlight();
        if (flight == null) {
            return;
        }
        ToySystem toy = arena.systems.get(at);
        SortedMap<String, NativeValue> properties = new TreeMap<>(arena.lenses()
                .properties(toy.mapping, flight.slots(), link.side(system).raw()));
        if (flight.create() && flight.joinKey() != null) {
            properties.put(ToySystem.JOIN_KEY, NativeValue.text(flight.joinKey()));
        }
        Set<Field> written = arena.lenses().fieldsOf(toy.mapping, flight.slots().keySet());
        TreeSet<String> counts = new TreeSet<>();
        for (Field field : written) {
            String clobbered = new Clobber(arena, before, places[at], toy).judge(field, flight);
            if (clobbered != null) {
                breached(1, clobbered);
            }
            if (!insight.outstanding(field.name())) {
                counts.add(field.name());
            }
        }
        places[at] = places[at].calling(new Call.Sending(flight.seq(), flight.create(), properties, counts));
    }

    private void answer(int at) {
        Call call = Objects.requireNonNull(places[at].call(), "call");
        String system = arena.systems.get(at).name;
        places[at] = places[at].calling(null);
        LinkState before = link;
        if (call instanceof Call.Reading reading) {
            ChangeEvent sample = reading.sample();
            Instant until = reading.until();
            ChangeEvent shown = sample == null ? arena.systems.get(at).read(places[at], deeds.ticks()) : sample;
            boolean overtaken = link.side(system).lastInput() > reading.issued();
            long since = overtaken ? reading.issued() : link.seq();
            plan(new Input.ReadOutcome(now, seq(), Arena.LINK, system, since, new Read.Found(shown), Map.of()));
            insight.shown(at, shown, until == null ? places[at].changed() : until, before, link);
        } else if (call instanceof Call.Answering answering) {
            outcome(at, answering.flight(), answering.outcome());
            if (answering.outcome() instanceof Outcome.Done done && done.record() != null) {
                insight.shown(at, done.record(), answering.until(), before, link);
            }
            for (String field : answering.counts()) {
                count(at, field);
            }
        }
    }

    /** Law 2: one acknowledged write is enough once every edit is understood. */
    private void count(int at, String field) {
        int writes = places[at].tally().getOrDefault(field, 0) + 1;
        places[at] = places[at].tallying(field, writes);
        if (writes > 1) {
            breached(
                    2,
                    field + " was written to " + arena.systems.get(at).name
                            + " more than once after its last outside edit had been understood");
        }
    }

    private void lose(int at) {
        left = left.lessAnswer();
        Call call = Objects.requireNonNull(places[at].call(), "call");
        long flight = call instanceof Call.Sending sending
                ? sending.flight()
                : call instanceof Call.Answering answering ? answering.flight() : 0;
        places[at] = places[at].calling(null);
        outcome(at, flight, new Outcome.Unknown("the answer was lost"));
    }

    private void outcome(int at, long flight, Outcome outcome) {
        String system = arena.systems.get(at).name;
        plan(new Input.WriteOutcome(now, seq(), Arena.LINK, system, flight, outcome, Map.of()));
    }

    long seq() {
        return link.seq() + 1;
    }

    Plan plan(Input input) {
        LinkState before = link;
        Plan plan = arena.setting.mind.plan(Links.of(link), input, arena.rules);
        link = plan.after().get(Arena.LINK);
        due = plan.due();
        if (!plan.reviews().isEmpty()) {
            TreeMap<String, String> reviews = new TreeMap<>(asked);
            for (ReviewChange change : plan.reviews()) {
                if (change instanceof ReviewChange.Opened opened) {
                    reviews.put(opened.id(), opened.system() + "/" + opened.field());
                } else {
                    reviews.remove(change.id());
                }
            }
            asked = Collections.unmodifiableSortedMap(reviews);
        }
        insight.agreedChanged(before, link);
        return plan;
    }

    private void breached(int law, String what) {
        if (breach == null) {
            breach = new Breach(law, what);
        }
    }
}
