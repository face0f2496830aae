package dev.crmsync.replay;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lives through a recording under some rules: what people did is taken from the recording, and what the engine did is done anew.
 * Systems take what they are given and show it as it is.
 */
final class Rerun {
    /** What an event told that was nobody's doing just then: it was known, our own, or not yet clear. */
    private static final Set<Reason> NO_NEWS = EnumSet.of(
            Reason.UNCHANGED,
            Reason.ECHO,
            Reason.ECHO_RENDERED,
            Reason.STALE,
            Reason.UNORDERED,
            Reason.AMBIGUOUS,
            Reason.PARTIAL,
            Reason.WRITTEN_OVER,
            Reason.OVERTAKEN,
            Reason.WRITTEN,
            Reason.REFUSED,
            Reason.REFUSED_LENGTH,
            Reason.REFUSED_OPTION,
            Reason.REFUSED_REQUIRED,
            Reason.REFUSED_PARENT,
            Reason.REFUSED_READ_ONLY,
            Reason.REFUSED_TAKEN,
            Reason.WAITING_FOR_PARENT);

    private final Rules rules;
    private final VirtualRecords world;
    private final Tally tally = new Tally();
    private final Map<String, LinkState> states = new HashMap<>();
    private final Map<RecordRef, RecordRef> ours = new HashMap<>();
    private final Map<String, Map<Spot, Entry>> entries = new HashMap<>();
    private final Delivering delivering;
    private int now;

    /** A field of a record. */
    private record Spot(RecordRef ref, Field field) {}

    /** What somebody has entered there, and nobody has agreed on or written over yet. */
    private record Entry(Value value, long seq) {}

    Rerun(Rules rules) {
        this.rules = rules;
        this.world = new VirtualRecords(rules);
        this.delivering = new Delivering(rules, world, states, tally, this::overwriting, this::decided);
    }

    Tally of(List<Step> steps) {
        Instant last = Instant.EPOCH;
        for (Step step : steps) {
            created(step);
        }
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            now = i;
            last = step.input().at().isAfter(last) ? step.input().at() : last;
            try {
                live(step);
            } catch (RuntimeException failed) {
                tally.failures.add("input " + step.input().seq() + " of " + step.links() + " under "
                        + rules.policy().name() + ": " + failed.getClass().getName());
            }
        }
        // What waits for a while, such as for a quiet time, is done in the end.
        Instant end = last.equals(Instant.EPOCH) ? last : last.plus(Duration.ofHours(2));
        for (String link : List.copyOf(new TreeSet<>(states.keySet()))) {
            delivering.drain(link, end);
        }
        return tally;
    }

    /** Records that the recorded engine made: they get the same ids when they are made again. */
    private void created(Step step) {
        if (step.input() instanceof Input.WriteOutcome outcome
                && outcome.outcome() instanceof Outcome.Done done
                && step.decisions().stream().anyMatch(decision -> decision.reason() == Reason.CREATED)) {
            delivering.madeAs(outcome.link(), outcome.system(), done.ref());
            ours.put(done.ref(), done.ref());
        }
    }

    private void live(Step step) {
        for (Before before : step.before()) {
            begin(before);
            delivering.drain(before.link(), step.input().at());
        }
        Input input = step.input();
        if (input instanceof Input.Observed observed) {
            world.owned(observed.references());
            told(step, observed.link(), observed.event());
        } else if (input instanceof Input.ReadOutcome outcome) {
            world.owned(outcome.references());
            answered(step, outcome);
        } else if (input instanceof Input.WriteOutcome outcome) {
            world.owned(outcome.references());
            if (outcome.outcome() instanceof Outcome.Done done && done.record() != null) {
                told(step, outcome.link(), done.record());
            }
        } else if (!(input instanceof Input.WriteStarted) && !(input instanceof Input.RulesChanged)) {
            if (input instanceof Input.Identity identity) {
                owned(identity.change());
            }
            plan(step.links(), seq -> again(input, seq));
        }
        for (String link : step.links()) {
            agreed(link);
            delivering.drain(link, input.at());
            agreed(link);
        }
    }

    /** A link is begun as it was when its recording began. */
    private void begin(Before before) {
        if (!states.containsKey(before.link())) {
            LinkState state = before.standing(null);
            LinkState known = state == null ? LinkState.empty(before.link(), before.type()) : state;
            states.put(before.link(), known);
            known.sides().forEach((system, side) -> world.adopt(system, known.type(), side));
        }
    }

    private void owned(IdentityChange change) {
        if (change instanceof IdentityChange.Born born) {
            world.owned(Map.of(born.ref(), born.link()));
        } else if (change instanceof IdentityChange.Attached attached) {
            world.owned(Map.of(attached.ref(), attached.link()));
        }
    }

    private void answered(Step step, Input.ReadOutcome outcome) {
        if (outcome.read() instanceof Read.Found found) {
            told(step, outcome.link(), found.record());
        } else if (outcome.read() instanceof Read.Gone || outcome.read() instanceof Read.NotVisible) {
            LinkState link = states.get(outcome.link());
            RecordRef ref = link == null ? null : link.ref(outcome.system());
            if (ref != null) {
                world.remove(ref);
                plan(
                        step.links(),
                        seq -> new Input.ReadOutcome(
                                outcome.at(), seq, outcome.link(), outcome.system(), seq, outcome.read(), Map.of()));
            }
        }
    }

    /** Takes from an event what was somebody's doing, and tells of the whole record as it is now. */
    private void told(Step step, String link, ChangeEvent event) {
        RecordRef ref = event.ref();
        if (event.kind() != ChangeKind.UPSERT) {
            if (event.kind() != ChangeKind.GAP) {
                if (event.kind() == ChangeKind.DELETE || event.kind() == ChangeKind.ARCHIVE) {
                    world.remove(ref);
                }
                plan(step.links(), seq -> new Input.Observed(step.input().at(), seq, link, event, world.owners()));
            }
            return;
        }
        if (ours.containsKey(ref) && !world.knows(ref)) {
            // The recorded engine had made it, and under these rules nobody has.
            return;
        }
        Map<String, NativeValue> news = news(step, link, event);
        if (news.isEmpty() && world.knows(ref)) {
            return;
        }
        world.put(ref, news);
        ChangeEvent whole = new ChangeEvent(
                ref,
                ChangeKind.UPSERT,
                world.properties(ref),
                true,
                event.asOf(),
                event.origin(),
                event.evidence(),
                null);
        entered(step, ref, link, news);
        Instant at = step.input().at();
        boolean read = step.input() instanceof Input.ReadOutcome;
        plan(
                List.of(link),
                seq -> read
                        ? new Input.ReadOutcome(at, seq, link, ref.system(), seq, new Read.Found(whole), world.owners())
                        : new Input.Observed(at, seq, link, whole, world.owners()));
    }

    private Map<String, NativeValue> news(Step step, String link, ChangeEvent event) {
        RecordRef ref = event.ref();
        Map<String, NativeValue> told = world.mapping(ref)
                .map(mapping -> rules.lenses().slots(mapping, event.properties()))
                .orElse(Map.of());
        boolean first = !world.knows(ref);
        Map<String, NativeValue> news = new TreeMap<>();
        Set<String> fields = new HashSet<>();
        for (Decision decision : step.decisions()) {
            boolean own = decision.link().equals(link) && decision.system().equals(ref.system());
            if (own && decision.field() != null && !NO_NEWS.contains(decision.reason())) {
                fields.add(decision.field());
            }
        }
        told.forEach((slot, raw) -> {
            boolean somebodys =
                    world.fields(ref, Set.of(slot)).stream().anyMatch(field -> fields.contains(field.name()));
            boolean nobodysField = world.fields(ref, Set.of(slot)).stream()
                    .noneMatch(field -> step.decisions().stream()
                            .anyMatch(decision -> field.name().equals(decision.field())));
            if (first
                    || somebodys
                    || nobodysField && !raw.equals(world.slots(ref).get(slot))) {
                news.put(slot, raw);
            }
        });
        if (event.full()) {
            removed(ref, fields, told, news);
        }
        return news;
    }

    /** A key that a whole bag does not show any more. */
    private void removed(
            RecordRef ref, Set<String> fields, Map<String, NativeValue> told, Map<String, NativeValue> news) {
        world.slots(ref).keySet().stream()
                .filter(slot -> !told.containsKey(slot))
                .filter(slot ->
                        world.fields(ref, Set.of(slot)).stream().anyMatch(field -> fields.contains(field.name())))
                .toList()
                .forEach(slot -> news.put(slot, NativeValue.EMPTY));
    }

    private void entered(Step step, RecordRef ref, String link, Map<String, NativeValue> news) {
        Map<Spot, Entry> own = entries.computeIfAbsent(link, fresh -> new HashMap<>());
        for (Field field : world.fields(ref, news.keySet())) {
            Value value = world.held(ref, field);
            if (value == null || value.isBlank()) {
                own.remove(new Spot(ref, field));
            } else {
                own.put(new Spot(ref, field), new Entry(value, step.input().seq()));
            }
        }
    }

    /** What was agreed is lost no more: whatever takes its place later is a later edit. */
    private void agreed(String link) {
        LinkState state = states.get(link);
        if (state != null) {
            entries.getOrDefault(link, new HashMap<>()).entrySet().removeIf(entry -> {
                Agreed agreed = state.agreed().get(entry.getKey().field().name());
                return agreed != null
                        && kept(entry.getKey().field(), entry.getValue().value(), agreed.value());
            });
        }
    }

    /** We are about to write: whoever's value that takes away, which was never agreed and stands nowhere else, has lost it. */
    private void overwriting(LinkState link, RecordRef ref, Map<String, NativeValue> slots) {
        Map<String, NativeValue> after = new TreeMap<>(world.slots(ref));
        after.putAll(slots);
        for (Field field : world.fields(ref, slots.keySet())) {
            Entry entry = entries.getOrDefault(link.id(), new HashMap<>()).remove(new Spot(ref, field));
            Value left = world.held(ref, field, after);
            if (entry != null && !kept(field, entry.value(), left) && !elsewhere(link, ref, field, entry.value())) {
                tally.lost(new Lost(link.id(), ref.system(), field.name(), entry.seq()));
            }
            tally.wrote(field.name(), ref.toString());
        }
    }

    private boolean elsewhere(LinkState link, RecordRef ref, Field field, Value value) {
        return link.refs().stream()
                .filter(other -> !other.equals(ref))
                .anyMatch(other -> kept(field, value, world.held(other, field)));
    }

    /** A set is kept when each of its members is. */
    private boolean kept(Field field, Value value, @Nullable Value there) {
        if (there == null) {
            return false;
        }
        return value instanceof Value.Members wanted && there instanceof Value.Members has
                ? has.members().containsAll(wanted.members())
                : rules.lenses().canon().equivalent(field, value, there);
    }

    private interface Numbered {
        Input make(long seq);
    }

    private void plan(Collection<String> links, Numbered input) {
        List<LinkState> before = new ArrayList<>();
        for (String link : links) {
            before.add(states.getOrDefault(link, LinkState.empty(link, "")));
        }
        long seq = 1 + before.stream().mapToLong(LinkState::seq).max().orElse(0);
        Plan plan = Planner.plan(Links.of(before), input.make(seq), rules);
        states.putAll(plan.after().byId());
        decided(plan.decisions());
    }

    /** Only what a rule was asked about: the rest follows from it. */
    private void decided(List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (decision.field() != null && !NO_NEWS.contains(decision.reason())) {
                tally.decided
                        .computeIfAbsent(
                                new Tally.Spot(now, decision.link(), decision.system(), decision.field()),
                                fresh -> new ArrayList<>())
                        .add(decision.reason());
            }
        }
    }

    private static Input again(Input input, long seq) {
        if (input instanceof Input.TimerDue one) {
            return new Input.TimerDue(one.at(), seq, one.link());
        } else if (input instanceof Input.ReviewAnswer one) {
            return new Input.ReviewAnswer(one.at(), seq, one.link(), one.system(), one.field(), one.answer());
        } else if (input instanceof Input.Identity one) {
            return new Input.Identity(one.at(), seq, one.change());
        } else if (input instanceof Input.ArchiveLetGo one) {
            return new Input.ArchiveLetGo(one.at(), seq, one.link(), one.system());
        }
        return input;
    }
}
