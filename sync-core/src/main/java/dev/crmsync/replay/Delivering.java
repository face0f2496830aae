package dev.crmsync.replay;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what is due at systems that take whatever they are given, and counts the calls that it takes. */
final class Delivering {
    private static final int MOST_CALLS = 40;

    private final Rules rules;
    private final VirtualRecords world;
    private final Map<String, LinkState> states;
    private final Tally tally;
    private final Overwriting overwriting;
    private final Consumer<List<Decision>> decided;
    private final Map<String, RecordRef> made = new HashMap<>();

    /** Is told of a write before it takes effect. */
    interface Overwriting {
        void by(LinkState link, RecordRef ref, Map<String, NativeValue> slots);
    }

    Delivering(
            Rules rules,
            VirtualRecords world,
            Map<String, LinkState> states,
            Tally tally,
            Overwriting overwriting,
            Consumer<List<Decision>> decided) {
        this.rules = rules;
        this.world = world;
        this.states = states;
        this.tally = tally;
        this.overwriting = overwriting;
        this.decided = decided;
    }

    void madeAs(String link, String system, RecordRef ref) {
        made.putIfAbsent(link + " " + system, ref);
    }

    /** Does what is due at a time, until nothing is. */
    void drain(String link, Instant at) {
        for (int call = 0; call < MOST_CALLS; call++) {
            LinkState state = states.get(link);
            Due next = state == null || state.seq() == 0 ? null : next(state, at);
            if (state == null || next == null || !call(state, next, at)) {
                return;
            }
        }
    }

    private @Nullable Due next(LinkState state, Instant at) {
        return Planner.due(state, rules).stream()
                .filter(due -> due.waitingOn() == null)
                .filter(due -> due.notBefore() == null || !due.notBefore().isAfter(at))
                .filter(due -> doable(state, due))
                .findFirst()
                .orElse(null);
    }

    private boolean doable(LinkState state, Due due) {
        return switch (due.need()) {
            case READ -> {
                RecordRef ref = state.ref(due.system());
                yield ref != null && world.knows(ref);
            }
            case CREATE, UPDATE, ARCHIVE -> true;
            case LOOKUP, REPEAT, OUTCOME, TIMER -> false;
        };
    }

    /** Whether anything came of it. */
    private boolean call(LinkState state, Due due, Instant at) {
        return due.need() == Due.Need.READ ? read(state, due.system(), at) : write(state, due.system(), at);
    }

    private boolean read(LinkState state, String system, Instant at) {
        RecordRef ref = Objects.requireNonNull(state.ref(system));
        tally.called(system, Call.READ);
        List<Decision> told = plan(
                state,
                new Input.ReadOutcome(
                        at,
                        state.seq() + 1,
                        state.id(),
                        system,
                        state.seq(),
                        new Read.Found(shown(ref, at)),
                        world.owners()));
        decided.accept(told);
        return !state.equals(states.get(state.id()));
    }

    private ChangeEvent shown(RecordRef ref, Instant at) {
        return ChangeEvent.full(ref, world.properties(ref), new AsOf(at, at), Evidence.READ);
    }

    private boolean write(LinkState state, String system, Instant at) {
        plan(state, new Input.WriteStarted(at, state.seq() + 1, state.id(), system, parents(state, system), "again"));
        LinkState begun = Objects.requireNonNull(states.get(state.id()));
        InFlight flight = begun.side(system).inFlight();
        if (flight == null) {
            return !state.equals(begun);
        }
        RecordRef ref = flight.create() ? fresh(state, system) : Objects.requireNonNull(begun.ref(system));
        if (flight.archive()) {
            tally.called(system, Call.ARCHIVE);
            world.remove(ref);
        } else {
            tally.called(system, flight.create() ? Call.CREATE : Call.UPDATE);
            overwriting.by(begun, ref, flight.slots());
            world.put(ref, flight.slots());
            world.owned(Map.of(ref, state.id()));
        }
        ChangeEvent shown = flight.archive() ? null : shown(ref, at);
        plan(
                begun,
                new Input.WriteOutcome(
                        at,
                        begun.seq() + 1,
                        state.id(),
                        system,
                        flight.seq(),
                        new Outcome.Done(ref, shown),
                        world.owners()));
        return true;
    }

    private RecordRef fresh(LinkState state, String system) {
        return made.computeIfAbsent(
                state.id() + " " + system, key -> new RecordRef(system, state.type(), "made for " + state.id()));
    }

    private Map<String, String> parents(LinkState state, String system) {
        Map<String, String> parents = new TreeMap<>();
        for (String other : state.references()) {
            LinkState parent = states.get(other);
            RecordRef ref = parent == null ? null : parent.referable(system);
            if (ref != null) {
                parents.put(other, ref.id());
            }
        }
        return parents;
    }

    private List<Decision> plan(LinkState state, Input input) {
        Plan plan = Planner.plan(Links.of(state), input, rules);
        states.putAll(plan.after().byId());
        return plan.decisions();
    }
}
