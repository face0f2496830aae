package dev.crmsync.benchmarks;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happens to a link of twelve fields at three systems: it comes into step, the owner edits one field, the edit is
 * written on, and its echo and its answer come back. Each state is one that the planner itself arrived at.
 */
final class Story {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LINK = "01k8x2m4q6r8t0v2w4y6z8a0b2";

    final Rules rules = Person.rules();

    /** Before the system that only receives has shown its record: it is linked, and nothing of it was seen. */
    final LinkState joining;

    /** In step: nothing is due. */
    final LinkState inStep;

    /** After the owner's edit: the other two systems lack it. */
    final LinkState edited;

    /** After the write of the edit was started. */
    final LinkState writing;

    Story() {
        LinkState link = LinkState.empty(LINK, "contact");
        LinkState before = link;
        int second = 0;
        for (String system : List.of(Person.KIRIM, Person.CRM, Person.NOTION)) {
            IdentityChange change = link.seq() == 0
                    ? new IdentityChange.Born(LINK, Person.ref(system))
                    : new IdentityChange.Attached(LINK, Person.ref(system), "benchmark");
            link = after(link, new Input.Identity(START, link.seq() + 1, change));
            before = link;
            link = after(link, observed(link, system, Person.OLD_CITY, ++second, Evidence.LISTING));
        }
        joining = before;
        List<Due> due =
                plan(link, new Input.TimerDue(START, link.seq() + 1, LINK)).due();
        if (!due.isEmpty()) {
            throw new IllegalStateException("the link should be in step, and this is due: " + due);
        }
        inStep = link;
        edited = after(inStep, edit());
        writing = after(edited, writeStarted());
    }

    /** The first that is seen of the record at the system that only receives: all twelve fields, as the others have them. */
    Input baseline() {
        return observed(joining, Person.NOTION, Person.OLD_CITY, 3, Evidence.LISTING);
    }

    /** A later event of the owner that brings all twelve fields as they were. */
    Input unchanged() {
        return observed(inStep, Person.CRM, Person.OLD_CITY, 60, Evidence.EVENT);
    }

    /** A later event of the owner that brings all twelve fields, one of them edited. */
    Input edit() {
        return observed(inStep, Person.CRM, Person.NEW_CITY, 60, Evidence.EVENT);
    }

    /** The edit is about to be written to the system that only receives. */
    Input writeStarted() {
        return new Input.WriteStarted(START.plusSeconds(61), edited.seq() + 1, LINK, Person.NOTION, Map.of(), null);
    }

    /** The written system's own event, with all twelve fields, overtakes the answer to the write. */
    Input echo() {
        return observed(writing, Person.NOTION, Person.NEW_CITY, 62, Evidence.EVENT);
    }

    /** The write took effect, and its answer shows the whole record. */
    Input writeOutcome() {
        Outcome done =
                new Outcome.Done(Person.ref(Person.NOTION), event(Person.NOTION, Person.NEW_CITY, 62, Evidence.READ));
        return new Input.WriteOutcome(
                START.plusSeconds(63), writing.seq() + 1, LINK, Person.NOTION, writing.seq(), done, Map.of());
    }

    private Plan plan(LinkState link, Input input) {
        return Planner.plan(Links.of(link), input, rules);
    }

    private LinkState after(LinkState link, Input input) {
        return plan(link, input).after().get(LINK);
    }

    private static Input observed(LinkState link, String system, String city, int second, Evidence evidence) {
        return new Input.Observed(
                START.plusSeconds(second), link.seq() + 1, link.id(), event(system, city, second, evidence), Map.of());
    }

    private static ChangeEvent event(String system, String city, int second, Evidence evidence) {
        return ChangeEvent.full(
                Person.ref(system), Person.shownBy(system, city), AsOf.at(START.plusSeconds(second)), evidence);
    }
}
