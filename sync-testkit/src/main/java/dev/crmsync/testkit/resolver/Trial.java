package dev.crmsync.testkit.resolver;

import dev.crmsync.fields.Canon;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One resolver, asked about every conflict of a few values. */
final class Trial {
    private static final int MOST_SYSTEMS = 4;
    private static final int MOST_VALUES_OF_FOUR = 3;
    private static final List<String> SYSTEMS = List.of("a", "b", "c", "d");
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Resolver resolver;
    private final Field field;
    private final List<Value> values;
    private final Canon canon;
    private final Map<ResolverLaw, String> broken = new EnumMap<>(ResolverLaw.class);
    private final List<Conflict> asked = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    Trial(Resolver resolver, Field field, List<Value> values, Canon canon) {
        this.resolver = resolver;
        this.field = field;
        this.values = values;
        this.canon = canon;
    }

    List<BrokenLaw> run() {
        int most = Math.max(2, Math.min(MOST_SYSTEMS, resolver.inputs()));
        for (int systems = 1; systems <= most; systems++) {
            List<Value> some =
                    systems < MOST_SYSTEMS ? values : values.subList(0, Math.min(values.size(), MOST_VALUES_OF_FOUR));
            tuples(new ArrayList<>(), systems, some);
        }
        again();
        List<BrokenLaw> found = new ArrayList<>();
        broken.forEach((law, example) -> found.add(new BrokenLaw(law, example)));
        return found;
    }

    private void tuples(List<Value> held, int systems, List<Value> some) {
        if (held.size() == systems) {
            judge(null, held);
            some.forEach(agreed -> judge(agreed, held));
            return;
        }
        for (Value value : some) {
            held.add(value);
            tuples(held, systems, some);
            held.remove(held.size() - 1);
        }
    }

    private void judge(@Nullable Value agreed, List<Value> held) {
        Conflict conflict = conflict(agreed, held);
        Resolution answer = ask(conflict);
        if (answer == null) {
            return;
        }
        asked.add(conflict);
        answers.add(told(answer));
        symmetric(agreed, held, answer);
        if (!(answer instanceof Resolution.Agree agree)) {
            return;
        }
        Value value = agree.value();
        if (!Canon.fits(field.type(), value)) {
            breaks(ResolverLaw.CLOSED, conflict, answer, "is no value that " + field.name() + " can hold");
            return;
        }
        stays(
                ResolverLaw.IDEMPOTENT,
                conflict,
                value,
                conflict(value, held.stream().map(any -> value).toList()));
        for (int i = 0; i < held.size(); i++) {
            List<Value> written = new ArrayList<>(held);
            written.set(i, value);
            stays(ResolverLaw.CLOSED, conflict, value, conflict(value, written));
        }
        if (held.size() > 2) {
            associative(agreed, held, conflict, value);
        }
    }

    private void symmetric(@Nullable Value agreed, List<Value> held, Resolution answer) {
        for (int i = 1; i < held.size(); i++) {
            List<Value> swapped = new ArrayList<>(held);
            swapped.set(0, held.get(i));
            swapped.set(i, held.get(0));
            // The times go with their values, or they would be the difference.
            Conflict other = conflict(agreed, swapped, order(held.size(), i));
            Resolution otherwise = ask(other);
            if (otherwise != null && !same(answer, otherwise)) {
                breaks(
                        ResolverLaw.SYMMETRIC,
                        conflict(agreed, held),
                        answer,
                        "and with the values at the other systems " + told(otherwise));
            }
        }
    }

    private static List<Integer> order(int size, int swapped) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i == 0 ? swapped : i == swapped ? 0 : i);
        }
        return order;
    }

    private void stays(ResolverLaw law, Conflict from, Value value, Conflict then) {
        Resolution answer = ask(then);
        if (answer instanceof Resolution.Agree agree && !canon.equivalent(field, agree.value(), value)
                || answer instanceof Resolution.AskPerson) {
            breaks(
                    law,
                    from,
                    new Resolution.Agree(value),
                    "which is not its own answer: " + told(then) + " gives " + told(answer));
        }
    }

    private void associative(@Nullable Value agreed, List<Value> held, Conflict conflict, Value value) {
        for (int first = 0; first < held.size(); first++) {
            for (int second = first + 1; second < held.size(); second++) {
                Optional<Value> pair = value(conflict(agreed, List.of(held.get(first), held.get(second))));
                List<Value> rest = new ArrayList<>(held);
                rest.remove(second);
                rest.remove(first);
                Optional<Value> all = pair;
                for (Value next : rest) {
                    all = all.flatMap(so -> value(conflict(agreed, List.of(so, next))));
                }
                if (all.isPresent() && !canon.equivalent(field, all.get(), value)) {
                    breaks(
                            ResolverLaw.ASSOCIATIVE,
                            conflict,
                            new Resolution.Agree(value),
                            "and with the values of " + SYSTEMS.get(first) + " and " + SYSTEMS.get(second)
                                    + " resolved first " + show(all.get()));
                }
            }
        }
    }

    private Optional<Value> value(Conflict conflict) {
        return ask(conflict) instanceof Resolution.Agree agree ? Optional.of(agree.value()) : Optional.empty();
    }

    /** All that was asked is asked once more, the last first. */
    private void again() {
        for (int i = asked.size() - 1; i >= 0; i--) {
            Resolution answer = ask(asked.get(i));
            if (answer != null && !told(answer).equals(answers.get(i))) {
                broken.putIfAbsent(
                        ResolverLaw.DETERMINISTIC,
                        told(asked.get(i)) + " gave " + answers.get(i) + ", and later " + told(answer));
            }
        }
    }

    private @Nullable Resolution ask(Conflict conflict) {
        try {
            Resolution answer = resolver.resolve(conflict);
            if (answer == null) {
                broken.putIfAbsent(ResolverLaw.TOTAL, told(conflict) + " gives null");
            }
            return answer;
        } catch (RuntimeException failed) {
            broken.putIfAbsent(
                    ResolverLaw.TOTAL,
                    told(conflict) + " throws " + failed.getClass().getName());
            return null;
        }
    }

    private boolean same(Resolution one, Resolution other) {
        return one instanceof Resolution.Agree first && other instanceof Resolution.Agree second
                ? canon.equivalent(field, first.value(), second.value())
                : one.getClass().equals(other.getClass());
    }

    private void breaks(ResolverLaw law, Conflict conflict, Resolution answer, String how) {
        broken.putIfAbsent(law, told(conflict) + " gives " + told(answer) + ", " + how);
    }

    private Conflict conflict(@Nullable Value agreed, List<Value> held) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            order.add(i);
        }
        return conflict(agreed, held, order);
    }

    /** What each system holds, each since a moment of its own. */
    private Conflict conflict(@Nullable Value agreed, List<Value> held, List<Integer> order) {
        Map<String, Conflict.Candidate> candidates = new TreeMap<>();
        for (int i = 0; i < held.size(); i++) {
            candidates.put(
                    SYSTEMS.get(i), new Conflict.Candidate(held.get(i), AsOf.at(TIME.plusSeconds(60L * order.get(i)))));
        }
        return new Conflict(field, agreed, candidates);
    }

    private static String told(Conflict conflict) {
        StringBuilder told =
                new StringBuilder("agreed ").append(conflict.agreed() == null ? "nothing" : show(conflict.agreed()));
        conflict.candidates()
                .forEach((system, candidate) ->
                        told.append(", ").append(system).append(" holds ").append(show(candidate.value())));
        return told.toString();
    }

    private static String told(@Nullable Resolution answer) {
        return answer instanceof Resolution.Agree agree ? show(agree.value()) : String.valueOf(answer);
    }

    private static String show(Value value) {
        return value instanceof Value.Text text ? '"' + text.text() + '"' : value.toString();
    }
}
