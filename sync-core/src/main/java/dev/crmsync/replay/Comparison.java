package dev.crmsync.replay;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.field.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds a plan against what a candidate would have planned from the same links. Pure. */
public final class Comparison {
    private static final String NOTHING = "nothing";

    private Comparison() {}

    /**
     * Plans an input under a candidate's rules, and compares.
     *
     * @param before the links that were planned on
     * @param input the input
     * @param live what was planned
     * @param candidate the candidate's rules
     * @return where the candidate disagrees, in the order of links, systems and fields; nothing for a change of rules
     */
    public static List<Disagreement> of(Links before, Input input, Plan live, Rules candidate) {
        if (input instanceof Input.RulesChanged || input instanceof Input.Erase) {
            return List.of();
        }
        Plan other = Planner.plan(before, input, candidate);
        List<Disagreement> found = new ArrayList<>();
        decisions(input, live, other, found);
        due(input, live, other, found);
        return found;
    }

    private record Spot(String link, String system, String field) implements Comparable<Spot> {
        static Spot of(Decision decision) {
            String field = decision.field();
            return new Spot(decision.link(), decision.system(), field == null ? "" : field);
        }

        @Override
        public int compareTo(Spot other) {
            return toString().compareTo(other.toString());
        }
    }

    private static void decisions(Input input, Plan live, Plan other, List<Disagreement> found) {
        SortedMap<Spot, List<Decision>> ours = bySpot(live);
        SortedMap<Spot, List<Decision>> theirs = bySpot(other);
        Set<Spot> all = new TreeSet<>(ours.keySet());
        all.addAll(theirs.keySet());
        for (Spot spot : all) {
            String was = words(ours.getOrDefault(spot, List.of()));
            String is = words(theirs.getOrDefault(spot, List.of()));
            boolean value = !spot.field().isEmpty() && !Objects.equals(agreed(live, spot), agreed(other, spot));
            if (!was.equals(is) || value) {
                String field = spot.field().isEmpty() ? null : spot.field();
                found.add(new Disagreement(spot.link(), input.seq(), spot.system(), field, was, is, value));
            }
        }
    }

    private static SortedMap<Spot, List<Decision>> bySpot(Plan plan) {
        SortedMap<Spot, List<Decision>> bySpot = new TreeMap<>();
        plan.decisions()
                .forEach(decision -> bySpot.computeIfAbsent(Spot.of(decision), fresh -> new ArrayList<>())
                        .add(decision));
        return bySpot;
    }

    private static @Nullable Value agreed(Plan plan, Spot spot) {
        LinkState link = plan.after().byId().get(spot.link());
        Agreed agreed = link == null ? null : link.agreed().get(spot.field());
        return agreed == null ? null : agreed.value();
    }

    private static String words(List<Decision> decisions) {
        return decisions.isEmpty()
                ? NOTHING
                : decisions.stream().map(decision -> decision.reason().name()).collect(Collectors.joining("+"));
    }

    private static void due(Input input, Plan live, Plan other, List<Disagreement> found) {
        SortedMap<String, Due> ours = bySystem(live);
        SortedMap<String, Due> theirs = bySystem(other);
        Set<String> all = new TreeSet<>(ours.keySet());
        all.addAll(theirs.keySet());
        for (String key : all) {
            Due was = ours.get(key);
            Due is = theirs.get(key);
            Due any = was == null ? Objects.requireNonNull(is) : was;
            if (!word(was).equals(word(is))) {
                found.add(new Disagreement(
                        any.link(), input.seq(), any.system(), null, "due " + word(was), "due " + word(is), false));
            }
        }
    }

    private static SortedMap<String, Due> bySystem(Plan plan) {
        SortedMap<String, Due> bySystem = new TreeMap<>();
        plan.due().forEach(due -> bySystem.put(due.link() + " " + due.system(), due));
        return bySystem;
    }

    private static String word(@Nullable Due due) {
        return due == null ? NOTHING : due.need().name();
    }
}
