package dev.crmsync.replay;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plans what was recorded once more, and compares what it comes to with what it came to then. Pure. */
public final class Replay {
    private final Recording recording;
    private final Map<String, Left> states = new HashMap<>();
    private final List<Step> chained = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private int planned;
    private int decisions;
    private int skipped;

    private Replay(Recording recording) {
        this.recording = recording;
    }

    /**
     * Plans a recording once more.
     *
     * @param recording the recording
     * @return what it came to
     */
    public static Replayed of(Recording recording) {
        Replay replay = new Replay(recording);
        for (int i = 0; i < recording.steps().size(); i++) {
            replay.again(i, recording.steps().get(i));
        }
        return new Replayed(replay.planned, replay.decisions, replay.skipped, replay.differences);
    }

    /**
     * The same recording without the states that follow from the steps before them.
     *
     * @param recording the recording
     * @return a shorter one that comes to the same
     */
    static Recording chained(Recording recording) {
        Replay replay = new Replay(recording);
        for (int i = 0; i < recording.steps().size(); i++) {
            Step step = recording.steps().get(i);
            replay.chained.add(step.following(replay.states));
            replay.again(i, step);
        }
        return new Recording(replay.chained, recording.rules());
    }

    private void again(int index, Step step) {
        Rules rules = recording.rules().get(step.rules());
        List<LinkState> before = step.standing(states);
        if (rules == null || before == null) {
            skipped++;
            step.links().forEach(states::remove);
            return;
        }
        planned++;
        decisions += step.decisions().size();
        Plan plan;
        try {
            plan = Planner.plan(Links.of(before), step.input(), rules);
        } catch (RuntimeException failed) {
            step.links().forEach(states::remove);
            differences.add(differs(
                    index,
                    step,
                    words(step.decisions(), Replay::words),
                    List.of("failed with " + failed.getClass().getSimpleName())));
            return;
        }
        plan.after()
                .byId()
                .forEach((id, after) ->
                        states.put(id, new Left(after, step.input().seq())));
        if (!plan.decisions().equals(step.decisions()) || !plan.due().equals(step.due())) {
            compare(index, step, plan);
        }
    }

    private void compare(int index, Step step, Plan plan) {
        List<String> recorded = new ArrayList<>();
        List<String> replayed = new ArrayList<>();
        recorded.addAll(words(without(step.decisions(), plan.decisions()), Replay::words));
        replayed.addAll(words(without(plan.decisions(), step.decisions()), Replay::words));
        recorded.addAll(words(without(step.due(), plan.due()), Replay::words));
        replayed.addAll(words(without(plan.due(), step.due()), Replay::words));
        differences.add(differs(index, step, recorded, replayed));
    }

    private static Difference differs(int index, Step step, List<String> recorded, List<String> replayed) {
        return new Difference(index, step.input().seq(), step.kind(), List.copyOf(step.links()), recorded, replayed);
    }

    private static <T> List<T> without(List<T> all, List<T> these) {
        List<T> rest = new ArrayList<>(all);
        these.forEach(rest::remove);
        return rest;
    }

    private static <T> List<String> words(List<T> all, Function<T, String> word) {
        return all.stream().map(word).toList();
    }

    private static String words(Decision decision) {
        return decision.system() + " " + decision.field() + " " + decision.reason() + " "
                + (decision.stance() == null ? "" : decision.stance()) + kinds(decision);
    }

    /** That values differ is told, and not which they are. */
    private static String kinds(Decision decision) {
        return " saw " + kind(decision.saw()) + " agreed " + kind(decision.after());
    }

    private static String kind(@Nullable Object value) {
        return value == null ? "nothing" : "a " + value.getClass().getSimpleName();
    }

    private static String words(Due due) {
        return "due " + due.system() + " " + due.need()
                + (due.notBefore() == null ? "" : " not before " + due.notBefore())
                + (due.waitingOn() == null ? "" : " waiting");
    }
}
