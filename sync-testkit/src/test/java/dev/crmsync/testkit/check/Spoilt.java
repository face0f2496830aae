package dev.crmsync.testkit.check;

import static dev.crmsync.spi.field.Contact.NAME;

import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Seen;
import dev.crmsync.planning.Side;
import dev.crmsync.planning.Standing;
import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Planners with a fault each, and the worlds that find it. Public, for tests that are printed name them. */
public final class Spoilt {
    private static final Instant LATE = Instant.parse("2024-06-01T00:00:00Z");

    private Spoilt() {}

    /** What was written and answered for is taken for blank all the same, and written again. */
    public static ConvergenceCheck writesForgotten() {
        Mind mind = (before, input, rules) -> {
            Plan plan = Planner.plan(before, input, rules);
            return input instanceof Input.WriteOutcome outcome
                    ? with(
                            plan,
                            rules,
                            (system, side) -> system.equals(outcome.system())
                                    ? like(side, blanked(side), side.standings())
                                    : side)
                    : plan;
        };
        return reverted("writesForgotten")
                .values(NAME.name(), "a", "b")
                .mind(mind)
                .edits(1);
    }

    private static SortedMap<String, Seen> blanked(Side side) {
        TreeMap<String, Seen> seen = new TreeMap<>(side.seen());
        seen.replaceAll((slot, known) -> new Seen(NativeValue.EMPTY, known.asOf()));
        return seen;
    }

    /** Every edit is the later one, whoever owns the field. */
    public static ConvergenceCheck ownersForNothing() {
        Policy other =
                ShippedRules.policy(contact -> contact.lastWriter(NAME, Skew.undeclared(), OnJoin.FILL_EMPTY, "kirim"));
        return reverted("ownersForNothing")
                .mind((before, input, rules) -> Planner.plan(before, input, Rules.of(other, rules.systems(), "ID")))
                .edits(2);
    }

    /** An event is as young as it is told: what comes late or twice is an edit. */
    public static ConvergenceCheck orderForgotten() {
        Mind mind = (before, input, rules) -> Planner.plan(
                before,
                input instanceof Input.Observed observed
                        ? new Input.Observed(
                                observed.at(),
                                observed.seq(),
                                observed.link(),
                                dated(observed.event(), observed.seq()),
                                Map.of())
                        : input,
                rules);
        return reverted("orderForgotten").mind(mind).edits(2).duplicates(1);
    }

    private static ChangeEvent dated(ChangeEvent event, long seq) {
        return ChangeEvent.partial(event.ref(), event.properties(), AsOf.at(LATE.plusSeconds(seq)), event.evidence());
    }

    /** Reads are issued and their answers left aside. */
    public static ConvergenceCheck answersLeftAside() {
        Mind mind =
                (before, input, rules) -> input instanceof Input.ReadOutcome read && read.read() instanceof Read.Found
                        ? Planner.plan(before, new Input.TimerDue(read.at(), read.seq(), read.link()), rules)
                        : Planner.plan(before, input, rules);
        return reverted("answersLeftAside").mind(mind).edits(1).lostAnswers(1);
    }

    /** What happened to our values again and again is forgotten: an automation that puts its own back is answered for ever. */
    public static ConvergenceCheck tireless() {
        Mind mind = (before, input, rules) -> {
            Plan plan = Planner.plan(before, input, rules);
            return with(plan, rules, (system, side) -> like(side, side.seen(), new TreeMap<>()));
        };
        return reverted("tireless")
                .values(NAME.name(), "a", "b")
                .automation("kirim", NAME.name(), "z")
                .mind(mind)
                .edits(1);
    }

    private static Plan with(Plan plan, Rules rules, BiFunction<String, Side, Side> change) {
        LinkState link = plan.after().get(Arena.LINK);
        TreeMap<String, Side> sides = new TreeMap<>(link.sides());
        sides.replaceAll(change);
        LinkState changed = new LinkState(
                link.id(),
                link.type(),
                link.seq(),
                link.rulesHash(),
                link.agreed(),
                sides,
                link.apart(),
                link.joinedInto(),
                link.erased());
        return new Plan(Links.of(changed), plan.decisions(), Planner.due(changed, rules), plan.reviews());
    }

    private static Side like(Side side, SortedMap<String, Seen> seen, SortedMap<String, Standing> standings) {
        return new Side(
                side.presence(),
                side.record(),
                side.secondaries(),
                seen,
                side.sent(),
                standings,
                side.held(),
                side.inFlight(),
                side.wanted(),
                side.lastInput(),
                side.lastRead(),
                side.readAt(),
                side.life(),
                side.replaced());
    }

    /** Edits are taken in and said to nobody. */
    public static ConvergenceCheck journalLeftOut() {
        Mind mind = (before, input, rules) -> {
            Plan plan = Planner.plan(before, input, rules);
            return new Plan(plan.after(), List.of(), plan.due(), plan.reviews());
        };
        return reverted("journalLeftOut").mind(mind).edits(1);
    }

    private static ConvergenceCheck reverted(String name) {
        return ShippedRules.all().get("owned, reverted").source("dev.crmsync.testkit.check.Spoilt." + name + "()");
    }
}
