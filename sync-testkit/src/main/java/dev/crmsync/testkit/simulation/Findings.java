package dev.crmsync.testkit.simulation;

import dev.crmsync.fields.Lenses;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.safety.Budget;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.ReviewRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that a law may be judged by once a history has come to rest. */
final class Findings {
    private static final Set<Reason> UNCLEAR = EnumSet.of(Reason.UNORDERED, Reason.AMBIGUOUS, Reason.PARTIAL);

    /** Reasons for which nothing of a sighting was taken. */
    private static final Set<Reason> REFUSED = EnumSet.of(Reason.UNIDENTIFIED, Reason.OVERTAKEN, Reason.SECONDARY);

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

    private final Map<RecordRef, String> owners = new TreeMap<>();
    private final Set<Said> refused = new HashSet<>();

    // What many laws ask for again and again.
    private final Map<RecordRef, List<Deed>> deeds = new HashMap<>();
    private final IdentityHashMap<Deed, SortedSet<Field>> fields = new IdentityHashMap<>();
    private final Map<String, List<Decision>> decisions = new HashMap<>();
    private final IdentityHashMap<Sighting, Boolean> believed = new IdentityHashMap<>();
    private final Map<Slot, Optional<Field>> carried = new HashMap<>();
    private final Map<String, List<Chronicle.Commit>> commits = new HashMap<>();

    /** A slot of a system's records of one type. */
    private record Slot(String system, String type, String name) {}

    /** What a system said as of some time of its record of a link. */
    private record Said(
            @Nullable String link, String system, @Nullable AsOf asOf) {}

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
        journal.values()
                .forEach(decisions -> decisions.stream()
                        .filter(decision -> REFUSED.contains(decision.reason()))
                        .forEach(decision ->
                                refused.add(new Said(last(decision.link()), decision.system(), decision.asOf()))));
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

    /** When a decision was committed. */
    long tickOf(Decision decision) {
        return commits.getOrDefault(decision.link(), List.of()).stream()
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

    /** Whether a sighting shows all of a field, and not only a part of it: what comes or goes is read before it counts. */
    boolean shows(Sighting sighting, RecordRef ref, Field field) {
        return sighting.event.kind() == ChangeKind.UPSERT
                && sighting.event.ref().equals(ref)
                && mapped(ref, field)
                        .map(mapped -> sighting.event
                                .properties()
                                .keySet()
                                .containsAll(mapped.lens().properties()))
                        .orElse(false);
    }

    /** Whether a sighting says anything of a field. */
    boolean mentions(Sighting sighting, RecordRef ref, Field field) {
        return sighting.event.ref().equals(ref)
                && mapped(ref, field)
                        .map(mapped ->
                                mapped.lens().properties().stream().anyMatch(sighting.event.properties()::containsKey))
                        .orElse(false);
    }

    /** The fields that a sighting says something of. */
    SortedSet<Field> shown(Sighting sighting) {
        TreeSet<Field> fields = new TreeSet<>();
        RecordRef ref = sighting.event.ref();
        deeds(ref)
                .forEach(deed -> fields(deed).stream()
                        .filter(field -> mentions(sighting, ref, field))
                        .forEach(fields::add));
        return fields;
    }

    /** When the engine had first taken into account what a deed made of a field, or 0 when it never had. */
    long observed(Deed deed, Field field) {
        return chronicle.sightings.stream()
                .filter(sighting -> sighting.taken >= deed.tick() && believed(sighting))
                .filter(sighting -> shows(sighting, deed.ref(), field))
                .mapToLong(sighting -> sighting.planned)
                .min()
                .orElse(0);
    }

    /**
     * When it was first clear to the engine what a deed made of a field, or 0 when it never was. An event that is neither
     * older nor newer than what was seen before makes nothing clear: a read does.
     */
    long understood(Deed deed, Field field) {
        return chronicle.sightings.stream()
                .filter(sighting -> sighting.taken >= deed.tick() && believed(sighting))
                .filter(sighting -> shows(sighting, deed.ref(), field) && !unclear(sighting, field))
                .mapToLong(sighting -> sighting.planned)
                .min()
                .orElse(observed(deed, field));
    }

    /**
     * Whether the engine took a sighting in. It believes no part of a record that it had never seen, no answer that
     * something has overtaken, nothing of a record beside the one that it follows, and no late event of a record that is
     * gone.
     */
    boolean believed(Sighting sighting) {
        return believed.computeIfAbsent(
                sighting,
                fresh -> sighting.planned > 0 && !refused.contains(said(sighting.event)) && !ofGone(sighting));
    }

    private Said said(ChangeEvent event) {
        String link = linkOf(event.ref());
        return new Said(link == null ? null : last(link), event.ref().system(), event.asOf());
    }

    /** Whether an event came after its record was known to be gone. */
    private boolean ofGone(Sighting sighting) {
        RecordRef ref = sighting.event.ref();
        String link = linkOf(ref);
        return sighting.notice != null
                && link != null
                && sighting.event.kind() == ChangeKind.UPSERT
                && decisions(last(link)).stream()
                        .anyMatch(decision -> decision.reason() == Reason.GONE
                                && decision.system().equals(ref.system())
                                && sighting.event.asOf().equals(decision.asOf())
                                && planned(sighting, decision));
    }

    /** Whether a decision was made when a sighting was first taken into account, and not when it was told once more. */
    private boolean planned(Sighting sighting, Decision decision) {
        return commits.getOrDefault(decision.link(), List.of()).stream()
                .anyMatch(commit -> commit.tick() == sighting.planned
                        && commit.expected() < decision.seq()
                        && decision.seq() <= commit.version());
    }

    /** Whether what was seen of a field was older than what was known of it when it was first told. */
    boolean overtaken(Sighting sighting, Field field) {
        String link = linkOf(sighting.event.ref());
        return link != null
                && decisions(last(link)).stream()
                        .filter(decision -> field.name().equals(decision.field())
                                && decision.system().equals(sighting.event.ref().system())
                                && sighting.event.asOf().equals(decision.asOf()))
                        .findFirst()
                        .filter(decision -> decision.reason() == Reason.STALE)
                        .isPresent();
    }

    private boolean unclear(Sighting sighting, Field field) {
        return decided(sighting, field, UNCLEAR) || likeness(sighting, field);
    }

    /**
     * Whether a coarse date shows what a write is about to bring, and may be older than it: the engine knows it for no edit, and for no
     * proof that the write arrived either, and goes on seeing what it had seen.
     */
    private boolean likeness(Sighting sighting, Field field) {
        Value shown = value(sighting.event.ref(), field, Deed.slots(sighting.event.properties()));
        return decisions(sighting, field)
                .anyMatch(decision -> decision.reason() == Reason.ECHO && !same(field, shown, decision.saw()));
    }

    /** Whether what a webhook or a page said of a field was decided for one of these reasons. */
    private boolean decided(Sighting sighting, Field field, Set<Reason> reasons) {
        return decisions(sighting, field).anyMatch(decision -> reasons.contains(decision.reason()));
    }

    /** What was decided about a field when a webhook or a page told of it. */
    private Stream<Decision> decisions(Sighting sighting, Field field) {
        String link = linkOf(sighting.event.ref());
        return sighting.event.evidence() == Evidence.READ || link == null
                ? Stream.empty()
                : decisions(last(link)).stream()
                        .filter(decision -> field.name().equals(decision.field())
                                && decision.system().equals(sighting.event.ref().system())
                                && sighting.event.asOf().equals(decision.asOf()));
    }

    /** The same, when nothing newer had been done to the field before it was seen: so it was seen as it was made. */
    long seenAsMade(Deed deed, Field field) {
        return asMade(deed, field).mapToLong(sighting -> sighting.planned).min().orElse(0);
    }

    /** The same, when it was plain, and not seen only after something that had been done later. */
    long seenInTime(Deed deed, Field field) {
        return asMade(deed, field)
                .filter(sighting -> !decided(sighting, field, Set.of(Reason.STALE)) && !unclear(sighting, field))
                .mapToLong(sighting -> sighting.planned)
                .min()
                .orElse(0);
    }

    private Stream<Sighting> asMade(Deed deed, Field field) {
        long next = deeds(deed.ref()).stream()
                .filter(later -> later.tick() > deed.tick() && fields(later).contains(field))
                .mapToLong(Deed::tick)
                .min()
                .orElse(Long.MAX_VALUE);
        return chronicle.sightings.stream()
                .filter(sighting -> sighting.taken >= deed.tick() && sighting.taken < next && believed(sighting))
                .filter(sighting -> shows(sighting, deed.ref(), field));
    }

    /**
     * The last tick before another at whose state of a field the engine had looked by some time: by a sighting that it
     * believed, or by a write of its own that was acknowledged. 0 when it had not.
     */
    long knownAt(RecordRef ref, Field field, long before, long by) {
        long known = 0;
        for (Sighting sighting : chronicle.sightings) {
            boolean plain = believed(sighting) && !unclear(sighting, field);
            if (sighting.taken < before && sighting.planned < by && plain && shows(sighting, ref, field)) {
                known = Math.max(known, sighting.taken);
            }
        }
        for (Call call : vendor(ref.system()).calls) {
            Deed deed = call.deed;
            boolean heard = call.acknowledged() && call.heard < by && gives(call, ref, field);
            if (heard && deed != null && deed.ref().equals(ref) && deed.tick() < before) {
                known = Math.max(known, deed.tick());
            }
        }
        return known;
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

    /** When the engine first took into account what a record held at a tick or later, or 0 when it never did. */
    long firstSeen(RecordRef ref, long tick) {
        return chronicle.sightings.stream()
                .filter(sighting -> sighting.event.ref().equals(ref)
                        && sighting.event.kind() == ChangeKind.UPSERT
                        && sighting.taken >= tick
                        && believed(sighting))
                .mapToLong(sighting -> sighting.planned)
                .min()
                .orElse(0);
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
