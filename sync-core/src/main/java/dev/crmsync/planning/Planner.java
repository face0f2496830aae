package dev.crmsync.planning;

import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The planner: a pure, total and deterministic function from what is believed and one input to what is believed next, what
 * was decided and why, and what is due. It knows no clock but its input's, and does no I/O. Safe to call from any thread.
 */
public final class Planner {
    private Planner() {}

    /**
     * Plans one input.
     *
     * @param before the links that the input touches
     * @param input the input
     * @param rules the rules
     * @return the plan; links that did not change are in it as they were
     * @throws IllegalArgumentException when a link that the input touches was not given
     */
    public static Plan plan(Links before, Input input, Rules rules) {
        TreeMap<String, LinkDraft> drafts = new TreeMap<>();
        before.byId().forEach((id, link) -> drafts.put(id, new LinkDraft(link, rules.type(link.type()))));
        Planning planning = new Planning(rules, input.at(), input.seq());
        Steps steps = new Steps(planning, drafts);
        for (LinkDraft draft : drafts.values()) {
            steps.refresh(draft);
        }
        steps.take(input);
        DraftMap<LinkState> after = new DraftMap<>(before.byId());
        List<Due> due = new ArrayList<>();
        for (LinkDraft draft : drafts.values()) {
            LinkState state = draft.freeze(input.seq(), rules.hash());
            after.put(state.id(), state);
            due.addAll(DueWork.of(state, rules));
        }
        return new Plan(new Links(after.frozen()), planning.decisions, due, planning.reviews);
    }

    /**
     * Derives what is due for a link as it stands.
     *
     * @param link the link
     * @param rules the rules
     * @return what a plan would say is due: at most one answer for each system
     */
    public static List<Due> due(LinkState link, Rules rules) {
        return DueWork.of(link, rules);
    }

    /** The steps of one plan. */
    private static final class Steps {
        private final Planning planning;
        private final Map<String, LinkDraft> drafts;
        private final Observing observing;
        private final Deciding deciding;

        Steps(Planning planning, Map<String, LinkDraft> drafts) {
            this.planning = planning;
            this.drafts = drafts;
            observing = new Observing(planning);
            deciding = new Deciding(planning);
        }

        private Writing writing() {
            return new Writing(planning, observing);
        }

        /** Lets go what time has let go. */
        void refresh(LinkDraft link) {
            deciding.release(link);
            link.before.sides().forEach((system, side) -> {
                if (!side.sent().isEmpty()) {
                    Duration horizon = planning.rules
                            .system(system)
                            .flatMap(known -> known.declaration().type(link.type()))
                            .map(TypeDeclaration::echoHorizon)
                            .orElse(TypeDeclaration.DEFAULT_ECHO_HORIZON);
                    link.side(system).forgetBefore(planning.at.minus(horizon));
                }
            });
        }

        void take(Input input) {
            if (input instanceof Input.Observed observed) {
                LinkDraft link = link(observed.link());
                observing.observe(link, observed.event(), false, observed.references());
                settleCreate(link, observed.event().ref().system());
            } else if (input instanceof Input.WriteStarted started) {
                writing().start(link(started.link()), started);
            } else if (input instanceof Input.WriteOutcome outcome) {
                writing().outcome(link(outcome.link()), outcome);
            } else if (input instanceof Input.ReadOutcome outcome) {
                new Reading(planning, observing, writing()).outcome(link(outcome.link()), outcome);
            } else if (input instanceof Input.Identity identity) {
                new Relinking(planning, drafts).change(identity.change());
            } else if (input instanceof Input.ReviewAnswer answer) {
                answered(link(answer.link()), answer);
            } else if (input instanceof Input.RulesChanged changed) {
                replanned(link(changed.link()));
            } else if (input instanceof Input.ArchiveLetGo let) {
                new Partings(planning).letGo(link(let.link()), let.system());
            } else if (input instanceof Input.Erase erase) {
                erased(link(erase.link()));
            }
            // TimerDue: refresh has let go what was held until now, and the due work is derived anew.
        }

        private LinkDraft link(String id) {
            LinkDraft link = drafts.get(id);
            if (link == null) {
                throw new IllegalArgumentException("link " + id + " was not loaded for this input");
            }
            return link;
        }

        /** A create of unknown outcome is settled once its record was seen. */
        private void settleCreate(LinkDraft link, String system) {
            SideDraft side = link.side(system);
            InFlight flight = side.inFlight;
            if (flight != null && flight.create() && flight.unknown() && side.presence == Presence.PRESENT) {
                side.inFlight = null;
            }
        }

        private void replanned(LinkDraft link) {
            if (!link.before.rulesHash().equals(planning.rules.hash())) {
                link.replanned = true;
                planning.decided(link, "", Reason.RULES_CHANGED);
                if (!link.erased && link.joinedInto == null) {
                    new Partings(planning).rulesChanged(link);
                    new Rederiving(planning, deciding).link(link);
                }
            }
        }

        private void answered(LinkDraft link, Input.ReviewAnswer answer) {
            SideDraft side = link.side(answer.system());
            String name = answer.field();
            if (name == null && Partings.asked(side)) {
                new Partings(planning).answered(link, answer.system(), answer.answer() == Input.Answer.USE_AGREED);
                planning.decided(link, answer.system(), Reason.ANSWERED);
            } else if (name == null) {
                side.held = answer.answer() == Input.Answer.USE_AGREED ? null : Reason.ANSWERED;
                planning.decided(link, answer.system(), Reason.ANSWERED);
            } else {
                planning.field(link, name).ifPresent(field -> answeredField(link, side, answer, field));
            }
            planning.settled(link, answer.system(), name);
        }

        private void answeredField(LinkDraft link, SideDraft side, Input.ReviewAnswer answer, Field field) {
            var before = link.agreed(field);
            side.standings.remove(field.name());
            switch (answer.answer()) {
                case USE_AGREED -> {
                    // Without a standing the field follows again, and the difference does the rest.
                }
                case USE_THEIRS -> deciding.adopt(link, answer.system(), field);
                case LEAVE -> deciding.stand(link, answer.system(), field, Stance.KEPT, Reason.ANSWERED);
            }
            planning.decided(
                    link,
                    answer.system(),
                    field,
                    Reason.ANSWERED,
                    null,
                    planning.held(link, answer.system(), field),
                    before);
        }

        /** Not even which records it had is kept: the ledger keeps salted digests of them. */
        private void erased(LinkDraft link) {
            link.sides.forEach((system, side) -> {
                if (side.held != null || Partings.asked(side)) {
                    planning.settled(link, system, null);
                }
                side.standings.keySet().forEach(field -> planning.settled(link, system, field));
            });
            link.agreed.clear();
            link.sides.clear();
            link.apart.clear();
            link.erased = true;
            planning.decided(link, "", Reason.ERASED);
        }
    }
}
