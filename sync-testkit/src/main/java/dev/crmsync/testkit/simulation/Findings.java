package dev.crmsync.testkit.simulation;

import dev.crmsync.fields.Lenses;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.safety.Budget;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.ReviewRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that a law may be judged by once a history has come to rest. */
final class Findings {
    final Rules rules;
    final SortedMap<String, ToyVendor> vendors;
    final Chronicle chronicle;
    final SortedMap<String, LinkState> links;
    final SortedMap<String, List<Decision>> journal;
    final List<ReviewRow> reviews;
    final List<DeadLetterRow> deadLetters;
    final List<DueRow> due;
    final long waiting;
    final Replays replays;
    final Budget budget;

    /** When the engine saw what. */
    final Sights sights;

    private final Map<RecordRef, String> owners = new TreeMap<>();

    // What many laws ask for again and again.
    private final Map<RecordRef, List<Deed>> deeds = new HashMap<>();
    private final IdentityHashMap<Deed, SortedSet<Field>> fields = new IdentityHashMap<>();
    private final Map<String, List<Decision>> decisions = new HashMap<>();
    private final Map<Slot, Optional<Field>> carried = new HashMap<>();
    private final Map<String, List<Chronicle.Commit>> commits = new HashMap<>();

    /** A slot of a system's records of one type. */
    private record Slot(String system, String type, String name) {}

    /** What came of playing everything once more after all had come to rest. */
    record Replays(
            int writes,
            SortedMap<String, SortedMap<String, Value>> before,
            SortedMap<String, SortedMap<String, Value>> after) {}

    Findings(
            Rules rules,
            SortedMap<String, ToyVendor> vendors,
            Chronicle chronicle,
            SortedMap<String, LinkState> links,
            SortedMap<String, List<Decision>> journal,
            List<ReviewRow> reviews,
            List<DeadLetterRow> deadLetters,
            List<DueRow> due,
            long waiting,
            Replays replays,
            Budget budget) {
        this.budget = budget;
        this.rules = rules;
        this.vendors = vendors;
        this.chronicle = chronicle;
        this.links = links;
        this.journal = journal;
        this.reviews = reviews;
        this.deadLetters = deadLetters;
        this.due = due;
        this.waiting = waiting;
        this.replays = replays;
        chronicle.deeds.forEach(deed ->
                deeds.computeIfAbsent(deed.ref(), fresh -> new ArrayList<>()).add(deed));
        chronicle.commits.forEach(commit -> commits.computeIfAbsent(commit.link(), fresh -> new ArrayList<>())
                .add(commit));
        links.values().forEach(link -> link.refs().forEach(ref -> owners.put(ref, link.id())));
        sights = new Sights(this);
    }

    /** The link that holds a record in the end, or null. */
    @Nullable String linkOf(RecordRef ref) {
        return owners.get(ref);
    }

    /** The link that a link has become part of, or itself. */
    String last(String link) {
        LinkState state = links.get(link);
        String into = state == null ? null : state.joinedInto();
        return into == null ? link : last(into);
    }

    /** What was decided about a link, and about those that became part of it. */
    List<Decision> decisions(String link) {
        return decisions.computeIfAbsent(link, fresh -> {
            List<Decision> all = new ArrayList<>();
            links.keySet().stream()
                    .filter(id -> last(id).equals(link))
                    .forEach(id -> all.addAll(journal.getOrDefault(id, List.of())));
            // What leaves a link as it was takes no number of its own: only time orders everything.
            all.sort(Comparator.comparing(Decision::at));
            return all;
        });
    }

    /** The commits of a link, in order. */
    List<Chronicle.Commit> commits(String link) {
        return commits.getOrDefault(link, List.of());
    }

    /** When a decision was committed. */
    long tickOf(Decision decision) {
        return commits(decision.link()).stream()
                .filter(commit -> commit.version() >= decision.seq())
                .mapToLong(Chronicle.Commit::tick)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The agreed value at a tick, as the journal tells it. */
    @Nullable Value agreedAt(String link, Field field, long tick) {
        Value agreed = null;
        for (Decision decision : decisions(link)) {
            if (field.name().equals(decision.field()) && decision.after() != null && tickOf(decision) <= tick) {
                agreed = decision.after();
            }
        }
        return agreed;
    }

    /** What was agreed when an edit was decided, in the link that its record belonged to then. */
    @Nullable Value agreedBeside(Deed edit, Field field, long seen) {
        String link = last(String.valueOf(linkOf(edit.ref())));
        return decisions(link).stream()
                .filter(decision -> field.name().equals(decision.field())
                        && decision.system().equals(edit.ref().system())
                        && tickOf(decision) == seen)
                .reduce((earlier, later) -> later)
                .map(decision -> Optional.ofNullable(decision.after()))
                .orElseGet(() -> Optional.ofNullable(agreedAt(link, field, seen)))
                .orElse(null);
    }

    /** Whether another value than this was ever agreed between two ticks. */
    boolean agreedOtherwise(String link, Field field, @Nullable Value value, long from, long to) {
        return decisions(link).stream()
                .filter(decision -> field.name().equals(decision.field()) && decision.after() != null)
                .filter(decision -> !same(field, value, decision.after()))
                .mapToLong(this::tickOf)
                .anyMatch(tick -> tick > from && tick <= to);
    }

    Mapping mapping(RecordRef ref) {
        return rules.system(ref.system())
                .flatMap(system -> system.mapping(ref.type()))
                .orElseThrow();
    }

    Optional<FieldMapping> mapped(RecordRef ref, Field field) {
        return mapping(ref).carrying(field);
    }

    Lenses lenses() {
        return rules.lenses();
    }

    /** What a record's slots say of a field; null when they do not say. */
    @Nullable Value value(RecordRef ref, Field field, Map<String, NativeValue> slots) {
        FieldMapping mapped = mapped(ref, field).orElse(null);
        if (mapped == null) {
            return null;
        }
        Map<String, NativeValue> whole = new TreeMap<>(slots);
        lenses().slotsOf(mapped, field).forEach(slot -> whole.putIfAbsent(slot, NativeValue.EMPTY));
        return lenses().get(ref.system(), mapped, field, whole, other -> null);
    }

    /** The field that a slot carries, or null when it carries none. */
    @Nullable Field fieldOf(RecordRef ref, String slot) {
        return carried.computeIfAbsent(
                        new Slot(ref.system(), ref.type(), slot),
                        fresh -> lenses().fieldsOf(mapping(ref), new TreeSet<>(List.of(slot))).stream()
                                .findFirst())
                .orElse(null);
    }

    /** A system's vendor, which must be one of the world's. */
    ToyVendor vendor(String system) {
        return Objects.requireNonNull(vendors.get(system), system);
    }

    /** The fields whose slots a deed changed. */
    SortedSet<Field> fields(Deed deed) {
        return fields.computeIfAbsent(deed, fresh -> {
            TreeSet<Field> changed = new TreeSet<>();
            deed.changes().keySet().forEach(slot -> {
                Field field = fieldOf(deed.ref(), slot);
                if (field != null) {
                    changed.add(field);
                }
            });
            return changed;
        });
    }

    boolean same(Field field, @Nullable Value a, @Nullable Value b) {
        Value left = a == null ? Value.EMPTY : a;
        Value right = b == null ? Value.EMPTY : b;
        return left.isBlank() && right.isBlank() || lenses().canon().equivalent(field, left, right);
    }

    /** Whether a vendor, being what it is, shows a value as what its record holds. */
    boolean rendered(RecordRef ref, Field field, @Nullable Value value, @Nullable Value held) {
        Shape shape = vendor(ref.system()).shape;
        if (!(value instanceof Value.Text text) || held == null) {
            return false;
        }
        return shape.properties(field).stream()
                .filter(property -> shape.rendered().containsKey(property))
                .anyMatch(property -> same(field, Value.text(shape.render(property, text.text())), held));
    }

    /** The deeds done to a record, in order. */
    List<Deed> deeds(RecordRef ref) {
        return deeds.getOrDefault(ref, List.of());
    }

    /** All records of a link, in the end. */
    List<RecordRef> records(String link) {
        return owners.entrySet().stream()
                .filter(owned -> last(owned.getValue()).equals(link))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * All records whose values may have come into a link: its own, and, for one that sync once made for another link and that
     * nobody could tell for its own again, those of that link.
     */
    List<RecordRef> sources(String link) {
        SortedSet<RecordRef> sources = new TreeSet<>();
        kin(link).forEach(one -> sources.addAll(records(one)));
        for (RecordRef record : records(link)) {
            Call maker = deeds(record).isEmpty() ? null : deeds(record).get(0).call();
            if (maker != null) {
                sources.addAll(records(last(maker.write.key())));
            }
        }
        return List.copyOf(sources);
    }

    /** A link, and those that were one with it before a person parted them: what had come into it then is still agreed. */
    SortedSet<String> kin(String link) {
        SortedSet<String> kin = new TreeSet<>(Set.of(link));
        boolean more = true;
        while (more) {
            more = false;
            for (Chronicle.Parted parted : chronicle.parted) {
                String one = last(parted.link());
                String other = last(parted.own());
                if (kin.contains(one) || kin.contains(other)) {
                    more |= kin.addAll(List.of(one, other));
                }
            }
        }
        return kin;
    }

    /**
     * Whether the engine was sending to a record what somebody entered there, and had no answer yet when that was done: by all
     * that it can see then, the one is the echo of the other.
     */
    boolean beingSent(Deed edit, Field field, long observed) {
        Value entered = value(edit.ref(), field, edit.after());
        return vendor(edit.ref().system()).calls.stream()
                .filter(call -> meant(call, edit.ref()) && gives(call, edit.ref(), field))
                .filter(call -> call.begun < observed && (call.heard == 0 || call.heard >= edit.tick()))
                .anyMatch(call -> same(field, value(edit.ref(), field, Deed.slots(call.write.properties())), entered));
    }

    /** Whether a write is to a record, or makes one under the key that this one bears, and cannot be told from it. */
    private boolean meant(Call call, RecordRef ref) {
        Write.ExternalId key = call.write.externalId();
        return ref.equals(call.write.ref())
                || call.write.creates()
                        && key != null
                        && vendor(ref.system())
                                .find(ref.id())
                                .filter(record -> key.value().equals(record.joinKey()))
                                .isPresent();
    }

    /** Whether a write says anything of a field. */
    boolean gives(Call call, RecordRef ref, Field field) {
        return Deed.slots(call.write.properties()).keySet().stream().anyMatch(slot -> field.equals(fieldOf(ref, slot)));
    }

    /** The record that goes on in place of one that was merged away; null when a record was not. */
    @Nullable RecordRef survivor(RecordRef ref) {
        ToyVendor vendor = vendor(ref.system());
        return vendor.find(ref.id())
                .filter(record -> record.became != null)
                .map(record -> vendor.survivor(record).ref)
                .orElse(null);
    }

    /** What a record held of a field at a tick. */
    @Nullable Value valueAt(RecordRef ref, Field field, long tick) {
        Value value = null;
        for (Deed deed : deeds(ref)) {
            value = deed.tick() <= tick ? value(ref, field, deed.after()) : value;
        }
        return value;
    }

    String show(@Nullable Value value) {
        return value == null ? "nothing" : value.toString();
    }
}
