package dev.crmsync.replay;

import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.resolver.Resolver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries a changed policy on what was recorded: what people did is taken from the recording, and what the engine does is done
 * anew, once under the rules that hold and once under the changed ones, so that both are told apart by nothing else. Echoes are
 * made anew; refusals, lost answers and renderings are not. Pure.
 */
public final class Backtest {
    private Backtest() {}

    /**
     * Tries a policy on a bundle.
     *
     * @param bundle the bundle
     * @param candidate the changed policy
     * @param resolvers at least the resolvers that the policy names
     * @return what it would have made of it
     * @throws SyncException of kind CONFIGURATION when the bundle holds no rules, or the policy names a resolver that is not
     *     given
     */
    public static BacktestReport of(Bundle bundle, Policy candidate, Collection<? extends Resolver> resolvers) {
        if (!bundle.redacted()) {
            return of(bundle.recording(), candidate, resolvers);
        }
        FactBook book = FactBook.of(bundle.facts());
        BacktestReport report = of(Bundle.reading(bundle.recording(), book), candidate, resolvers);
        return new BacktestReport(
                report.policy(), report.inputs(), report.failures(), book.unknown(), report.fields(), report.calls());
    }

    /**
     * Tries a policy on a recording.
     *
     * @param recording the recording
     * @param candidate the changed policy
     * @param resolvers at least the resolvers that the policy names
     * @return what it would have made of it
     * @throws SyncException of kind CONFIGURATION when the recording holds no rules, or the policy names a resolver that is not
     *     given
     */
    public static BacktestReport of(Recording recording, Policy candidate, Collection<? extends Resolver> resolvers) {
        List<Step> steps = new ArrayList<>(recording.steps());
        steps.sort(Comparator.comparing(step -> step.input().at()));
        Rules now = latest(steps, recording);
        List<Resolver> all = new ArrayList<>(resolvers);
        all.addAll(now.resolvers().values());
        String region = now.lenses().canon().defaultRegion();
        Rules made = Rules.of(candidate, now.systems(), region, all);
        Rules then = made.restored(made.hash(), now.lenses(), resolver -> resolver);
        Tally before = new Rerun(now).of(steps);
        Tally after = new Rerun(then).of(steps);
        return new BacktestReport(
                candidate.name() + " version " + candidate.version(),
                steps.size(),
                Stream.concat(before.failures.stream(), after.failures.stream()).toList(),
                0,
                fields(before, after),
                calls(before, after));
    }

    /** Lives through a recording under its own rules, for what is asked on the way. */
    static void rehearse(Recording recording) {
        List<Step> steps = new ArrayList<>(recording.steps());
        steps.sort(Comparator.comparing(step -> step.input().at()));
        if (steps.stream().anyMatch(step -> recording.rules().containsKey(step.rules()))) {
            Rules rules = latest(steps, recording);
            new Rerun(rules).of(steps);
        }
    }

    private static Rules latest(List<Step> steps, Recording recording) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            Rules rules = recording.rules().get(steps.get(i).rules());
            if (rules != null) {
                return rules;
            }
        }
        throw SyncException.configuration(
                "nothing was recorded that could be planned again; record inputs with recordInputs(..) and try later");
    }

    private static List<FieldReport> fields(Tally before, Tally after) {
        SortedSet<String> names = new TreeSet<>();
        for (Tally tally : List.of(before, after)) {
            tally.decided.keySet().forEach(spot -> names.add(spot.field()));
            names.addAll(tally.touched.keySet());
            names.addAll(tally.lost.keySet());
        }
        return names.stream().map(name -> field(name, before, after)).toList();
    }

    private static FieldReport field(String name, Tally before, Tally after) {
        Set<Tally.Spot> spots = new HashSet<>();
        before.decided.keySet().stream()
                .filter(spot -> spot.field().equals(name))
                .forEach(spots::add);
        after.decided.keySet().stream()
                .filter(spot -> spot.field().equals(name))
                .forEach(spots::add);
        SortedMap<String, Long> changes = new TreeMap<>();
        for (Tally.Spot spot : spots) {
            List<Reason> was = before.decided.getOrDefault(spot, List.of());
            List<Reason> is = after.decided.getOrDefault(spot, List.of());
            if (!was.equals(is)) {
                changes.merge(words(was) + " -> " + words(is), 1L, Long::sum);
            }
        }
        List<Lost> lostNow = before.lost.getOrDefault(name, List.of());
        List<Lost> lostThen = after.lost.getOrDefault(name, List.of());
        List<Lost> losses =
                lostThen.stream().filter(one -> !lostNow.contains(one)).toList();
        return new FieldReport(
                name,
                spots.size(),
                changes.values().stream().mapToLong(Long::longValue).sum(),
                changes,
                before.touched.getOrDefault(name, Set.of()).size(),
                after.touched.getOrDefault(name, Set.of()).size(),
                before.writes.getOrDefault(name, 0L),
                after.writes.getOrDefault(name, 0L),
                lostNow.size(),
                lostThen.size(),
                losses);
    }

    private static String words(List<Reason> reasons) {
        return reasons.isEmpty()
                ? "nothing"
                : reasons.stream().map(Reason::name).collect(Collectors.joining("+"));
    }

    private static List<CallReport> calls(Tally before, Tally after) {
        SortedSet<String> systems = new TreeSet<>(before.calls.keySet());
        systems.addAll(after.calls.keySet());
        return systems.stream()
                .map(system -> CallReport.of(system, calls(before, system), calls(after, system)))
                .toList();
    }

    private static Map<Call, Long> calls(Tally tally, String system) {
        return tally.calls.getOrDefault(system, new EnumMap<>(Call.class));
    }
}
