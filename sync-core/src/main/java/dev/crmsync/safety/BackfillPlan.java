package dev.crmsync.safety;

import dev.crmsync.pull.WalkReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run over all records would do, made by the same code that would do it. Its lines are for people and bear no
 * values. Immutable.
 *
 * @param sync the sync
 * @param hash names this plan; the same for the same work
 * @param madeAt when it was made, on the engine's clock
 * @param links how many links there are
 * @param allowed how many records may be changed without approval
 * @param systems what would be done at each system
 * @param samples a few of the writes, with their values
 * @param openReviews how many reviews wait for a person, by kind
 * @param walks what was listed
 */
public record BackfillPlan(
        String sync,
        String hash,
        Instant madeAt,
        long links,
        long allowed,
        List<SystemPlan> systems,
        List<Sample> samples,
        SortedMap<String, Long> openReviews,
        List<WalkReport> walks)
        implements Iterable<String> {
    /** Copies the collections. */
    public BackfillPlan {
        systems = List.copyOf(systems);
        samples = List.copyOf(samples);
        openReviews = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Long>) openReviews));
        walks = List.copyOf(walks);
    }

    /**
     * How many records would be changed.
     *
     * @return creates, updates and archives at all systems
     */
    public long changes() {
        return systems.stream().mapToLong(SystemPlan::changes).sum();
    }

    /**
     * Whether it may be applied without approval.
     *
     * @return true when no more records would be changed than is allowed
     */
    public boolean withinBudget() {
        return changes() <= allowed;
    }

    /**
     * How long its calls take when nobody else calls; systems are served side by side.
     *
     * @return the time of the slowest system
     */
    public Duration time() {
        return systems.stream().map(SystemPlan::time).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /**
     * The plan in words.
     *
     * @return one line after the other, without values
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("sync " + sync + ": plan " + hash + ", made " + madeAt);
        lines.add(String.format(
                Locale.ROOT,
                "%,d links; %,d records would be changed (%s), in about %s",
                links,
                changes(),
                withinBudget()
                        ? "within the budget of " + number(allowed)
                        : "above the budget of " + number(allowed) + ": it needs approval",
                words(time())));
        walks.forEach(walk -> lines.add(String.format(
                Locale.ROOT,
                "  listed %s %s: %,d records%s, %,d known ones absent, %,d of these read (%s)",
                walk.system(),
                walk.type(),
                walk.records(),
                walk.matched() == 0 ? "" : " (" + number(walk.matched()) + " joined by an equal value)",
                walk.absent(),
                walk.asked(),
                walk.conclusion())));
        systems.forEach(system -> describe(system, lines));
        openReviews.forEach((kind, count) -> lines.add("  open reviews " + kind + ": " + number(count)));
        samples.forEach(sample -> lines.add("  sample: " + sample));
        return lines;
    }

    private static void describe(SystemPlan plan, List<String> lines) {
        String calls = plan.calls().entrySet().stream()
                .map(call -> call.getKey() + " " + number(call.getValue()))
                .collect(Collectors.joining(", "));
        lines.add(String.format(
                Locale.ROOT,
                "  %s: create %,d, update %,d%s, read %,d, waiting %,d; calls: %s, in about %s",
                plan.system(),
                plan.creates(),
                plan.updates(),
                plan.archives() == 0 ? "" : ", archive " + number(plan.archives()),
                plan.reads(),
                plan.waiting(),
                calls.isEmpty() ? "none" : calls,
                words(plan.time())));
        plan.fields()
                .forEach((field, counts) -> lines.add(String.format(
                        Locale.ROOT, "    %s: %,d written, %,d cleared", field, counts.changed(), counts.cleared())));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String words(Duration time) {
        long seconds = time.toSeconds() + (time.toMillisPart() > 0 ? 1 : 0);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? (seconds + 59) / 60 + " min" : (seconds + 3599) / 3600 + " h";
    }

    @Override
    public Iterator<String> iterator() {
        return lines().iterator();
    }

    @Override
    public String toString() {
        return "BackfillPlan[" + sync + ", " + hash + ", " + changes() + " changes]";
    }
}
