package dev.crmsync.testkit.policy;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Stance;
import dev.crmsync.planning.Stances;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One story of a {@link PolicyTest}: what the systems held, what somebody did, and what must have come of it. After each
 * deed everything that is due is read and written, until nothing is. Not thread-safe.
 */
public final class Scenario {
    private static final int ROUNDS = 50;
    private static final String LINK = "link";

    private final Rules rules;
    private final RecordType type;
    private final Map<String, Map<String, NativeValue>> records = new TreeMap<>();
    private final Set<String> unseen = new LinkedHashSet<>();
    private final Set<String> gone = new TreeSet<>();
    private final Telling telling = new Telling();
    private List<Decision> last = List.of();
    private @Nullable Field lastField;
    private LinkState link;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Instant edited = now;

    Scenario(Rules rules, RecordType type) {
        this.rules = rules;
        this.type = type;
        this.link = LinkState.empty(LINK, type.name());
    }

    /**
     * Another value that a record holds at the beginning.
     *
     * @param system the system that has the record
     * @param field the field
     * @param value its value; for a set of members any number of them; null for a field that holds nothing
     * @return this
     */
    public Scenario and(String system, Field field, @Nullable String... value) {
        telling.deed("given " + system + " " + field + " = " + said(value));
        put(system, field, value);
        unseen.add(system);
        return this;
    }

    /**
     * Somebody edits a field at a system.
     *
     * @param system the system
     * @param field the field
     * @param value its new value; null clears it
     * @return this
     */
    public Scenario when(String system, Field field, @Nullable String... value) {
        settle();
        now = now.plus(Duration.ofMinutes(1));
        telling.deed("when " + system + " " + field + " = " + said(value));
        Map<String, NativeValue> before = copy(system);
        if (before.isEmpty()) {
            put(system, field, value);
            unseen.add(system);
            settle();
            return this;
        }
        edited = now;
        edit(system, before, field, value);
        return this;
    }

    /**
     * Somebody edits a field at a system to which the last edit has not been carried yet.
     *
     * @param later by how much its time, as that system tells it, is after that of the last edit; negative when before
     * @param system a system that has a record
     * @param field the field
     * @param value its new value; null clears it
     * @return this
     */
    public Scenario meanwhile(Duration later, String system, Field field, @Nullable String... value) {
        edited = edited.plus(later);
        now = edited.isAfter(now) ? edited : now;
        edit(system, copy(system), field, value);
        return this;
    }

    private void edit(String system, Map<String, NativeValue> before, Field field, @Nullable String... value) {
        put(system, field, value);
        Map<String, NativeValue> changed = copy(system);
        changed.entrySet().removeIf(slot -> slot.getValue().equals(before.get(slot.getKey())));
        lastField = field;
        ChangeEvent event = event(system, changed, AsOf.at(edited), Evidence.EVENT);
        last = take(new Input.Observed(now, next(), LINK, event, Map.of()));
    }

    /**
     * Somebody deletes the record of a system, which tells so. What the policy lets be archived on its account is archived, as
     * by an engine whose budget has room for it.
     *
     * @param system a system that has a record
     * @return this
     */
    public Scenario whenDeleted(String system) {
        settle();
        now = now.plus(Duration.ofMinutes(1));
        edited = now;
        telling.deed("when " + system + " deletes its record");
        lastField = null;
        records.remove(system);
        gone.add(system);
        last = take(new Input.Observed(
                now,
                next(),
                LINK,
                ChangeEvent.of(ref(system), ChangeKind.DELETE, AsOf.at(now), Evidence.EVENT),
                Map.of()));
        return this;
    }

    /**
     * Time passes.
     *
     * @param time how much
     * @return this
     */
    public Scenario after(Duration time) {
        settle();
        telling.deed("after " + time);
        now = now.plus(time);
        take(new Input.TimerDue(now, next(), LINK));
        drain();
        return this;
    }

    /**
     * A system must hold a value now.
     *
     * @param system the system
     * @param field the field
     * @param value the value; null when it must hold nothing
     * @return this
     * @throws AssertionError with the story so far when it holds another
     */
    public Scenario then(String system, Field field, @Nullable String... value) {
        settle();
        Value expected = canonical(field, value);
        Value held = held(system, field);
        boolean untouched = held == null && expected.isBlank() && records.containsKey(system);
        boolean holds = held != null && rules.lenses().canon().equivalent(field, held, expected);
        if (!holds && !untouched) {
            throw failure(
                    system + " should hold " + field + " = " + Telling.show(expected) + ", and holds "
                            + Telling.show(held),
                    field);
        }
        return this;
    }

    /**
     * A system must have no record.
     *
     * @param system the system
     * @return this
     * @throws AssertionError with the story so far when it has one
     */
    public Scenario thenNoRecord(String system) {
        settle();
        if (records.containsKey(system)) {
            throw failure(system + " should have no record, and has one", null);
        }
        return this;
    }

    /**
     * The last edit must have been decided for this reason.
     *
     * @param reason the reason code
     * @return this
     * @throws AssertionError with the story so far when it was another
     */
    public Scenario because(Reason reason) {
        settle();
        boolean found = last.stream()
                .filter(decision -> lastField == null || touches(decision, lastField))
                .anyMatch(decision -> decision.reason() == reason);
        if (!found) {
            throw failure(
                    "the last edit should be decided as " + reason + ", and was "
                            + last.stream().map(Decision::reason).toList(),
                    lastField);
        }
        return this;
    }

    /**
     * A (field, system) pair must be held to a stance.
     *
     * @param system the system
     * @param field the field
     * @param stance the stance
     * @return this
     * @throws AssertionError with the story so far when it is held to another
     */
    public Scenario stance(String system, Field field, Stance stance) {
        settle();
        Stance held = Stances.of(link, system, field, rules);
        if (held != stance) {
            throw failure(
                    system + " should be held to " + stance + " for " + field + ", and is held to " + held, field);
        }
        return this;
    }

    private static boolean touches(Decision decision, Field field) {
        String name = decision.field();
        return name != null && (name.equals(field.name()) || name.startsWith(field.name() + "."));
    }

    /** Lets the records be seen that were not seen yet, each as a whole. */
    private void settle() {
        for (String system : List.copyOf(unseen)) {
            now = now.plus(Duration.ofMinutes(1));
            RecordRef ref = ref(system);
            IdentityChange change = link.seq() == 0
                    ? new IdentityChange.Born(LINK, ref)
                    : new IdentityChange.Attached(LINK, ref, IdentityChange.Attached.JOIN_KEY);
            unseen.remove(system);
            take(new Input.Identity(now, next(), change));
            lastField = null;
            last = take(new Input.Observed(
                    now, next(), LINK, event(system, copy(system), AsOf.at(now), Evidence.READ), Map.of()));
        }
        drain();
    }

    private void drain() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Due> due = take(new Plan(Links.of(link), List.of(), dueNow(), List.of()))
                    .due();
            Optional<Due> work =
                    due.stream().filter(task -> task.need() != Due.Need.TIMER).findFirst();
            if (work.isEmpty()) {
                return;
            }
            serve(work.get());
        }
        throw failure("the policy never comes to rest: after " + ROUNDS + " rounds there is still work due", lastField);
    }

    private List<Due> dueNow() {
        return Planner.plan(Links.of(link), new Input.TimerDue(now, next(), LINK), rules)
                .due();
    }

    private void serve(Due work) {
        now = now.plus(Duration.ofSeconds(1));
        String system = work.system();
        if (work.need() == Due.Need.READ) {
            read(system);
            return;
        }
        if (work.need() == Due.Need.ARCHIVE) {
            take(new Input.ArchiveLetGo(now, next(), LINK, system));
        }
        take(new Input.WriteStarted(now, next(), LINK, system, Map.of(), "key-" + next()));
        InFlight flight = link.side(system).inFlight();
        if (flight == null) {
            read(system);
            return;
        }
        Outcome done;
        if (flight.archive()) {
            records.remove(system);
            gone.add(system);
            done = new Outcome.Done(ref(system), null);
        } else {
            Map<String, NativeValue> record = copy(system);
            record.putAll(flight.slots());
            records.put(system, record);
            done = new Outcome.Done(ref(system), event(system, flight.slots(), AsOf.at(now), Evidence.READ));
        }
        take(new Input.WriteOutcome(now, next(), LINK, system, flight.seq(), done, Map.of()));
    }

    private void read(String system) {
        long issued = link.seq();
        Read missing = gone.contains(system) ? new Read.Gone(AsOf.at(now), false) : new Read.NotVisible();
        Read read = records.containsKey(system)
                ? new Read.Found(event(system, copy(system), AsOf.at(now), Evidence.READ))
                : missing;
        take(new Input.ReadOutcome(now, next(), LINK, system, issued, read, Map.of()));
    }

    private List<Decision> take(Input input) {
        return take(Planner.plan(Links.of(link), input, rules)).decisions();
    }

    private Plan take(Plan plan) {
        link = plan.after().get(LINK);
        telling.decided(plan.decisions());
        return plan;
    }

    private long next() {
        return link.seq() + 1;
    }

    private RecordRef ref(String system) {
        return new RecordRef(system, type.name(), system + "-1");
    }

    private ChangeEvent event(String system, Map<String, NativeValue> slots, AsOf asOf, Evidence evidence) {
        Map<String, NativeValue> record = copy(system);
        Map<String, NativeValue> told = new TreeMap<>(slots);
        record.forEach((slot, raw) -> {
            int slash = slot.indexOf('/');
            if (slash > 0
                    && slots.keySet().stream().anyMatch(changed -> changed.startsWith(slot.substring(0, slash + 1)))) {
                told.putIfAbsent(slot, raw);
            }
        });
        return ChangeEvent.partial(
                ref(system), rules.lenses().properties(mapping(system), told, record), asOf, evidence);
    }

    private Mapping mapping(String system) {
        return rules.system(system)
                .flatMap(known -> known.mapping(type.name()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "system " + system + " is not part of the test; name it with and(\"" + system + "\")"));
    }

    private Map<String, NativeValue> copy(String system) {
        return new TreeMap<>(records.getOrDefault(system, Map.of()));
    }

    private void put(String system, Field field, @Nullable String... value) {
        FieldMapping mapped = mapping(system)
                .carrying(field)
                .orElseThrow(() -> new IllegalArgumentException("system " + system + " does not carry " + field));
        Map<String, NativeValue> record = copy(system);
        Map<String, NativeValue> slots = mapped.lens() instanceof Lens.Direct direct && value.length == 1
                ? Map.of(direct.property(), NativeValue.text(value[0]))
                : rules.lenses().put(mapped, field, canonical(field, value), record, ref -> null);
        if (slots == null) {
            throw new IllegalArgumentException("system " + system + " cannot hold this value of " + field);
        }
        record.putAll(slots);
        records.put(system, record);
    }

    private @Nullable Value held(String system, Field field) {
        Map<String, NativeValue> record = records.get(system);
        return record == null
                ? null
                : mapping(system)
                        .carrying(field)
                        .map(mapped -> rules.lenses().get(system, mapped, field, record, ref -> null))
                        .orElse(null);
    }

    private Value canonical(Field field, @Nullable String... value) {
        if (field.type() == FieldType.MEMBERS) {
            List<String> members = new ArrayList<>();
            for (String member : value) {
                if (member != null) {
                    members.add(member);
                }
            }
            return Value.Members.of(members);
        }
        String only = value.length == 1 ? value[0] : null;
        return only == null ? Value.EMPTY : rules.lenses().canon().canonical(field, Value.text(only));
    }

    private static String said(@Nullable String... value) {
        return value.length == 1
                ? value[0] == null ? "empty" : "\"" + value[0] + "\""
                : List.of(value).toString();
    }

    private AssertionError failure(String what, @Nullable Field field) {
        return telling.failure(what, link, rules, field, system -> field == null ? null : held(system, field));
    }
}
