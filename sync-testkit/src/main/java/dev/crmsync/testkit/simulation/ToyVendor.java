package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A vendor in memory: its books, its clock, its habits, and the log of all that was done to its records. It behaves as
 * vendors do and knows nothing of sync. It outlives every engine.
 */
final class ToyVendor {
    final Shape shape;
    final List<Notice> notices = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();

    private final World world;
    private final Dice dice;
    private final Map<String, ToyRecord> records = new TreeMap<>();
    private final Map<String, Kept> kept = new TreeMap<>();
    private final Chronicle chronicle;
    private final int[] minted = new int[2];
    private Consumer<Notice> courier = notice -> {};
    private BiConsumer<ToyRecord, Deed> automation = (record, deed) -> {};

    /** The first answer under an idempotency key. */
    private record Kept(Instant at, RecordRef ref, Map<String, NativeValue> properties) {}

    ToyVendor(Shape shape, World world, Dice dice, Chronicle chronicle) {
        this.shape = shape;
        this.world = world;
        this.dice = dice;
        this.chronicle = chronicle;
    }

    void sendsWith(Consumer<Notice> carrier) {
        courier = carrier;
    }

    /** Whatever happens here from now on is told to an automation as well. */
    void automatedBy(BiConsumer<ToyRecord, Deed> reaction) {
        automation = reaction;
    }

    /** The time on the vendor's own clock. */
    Instant clock() {
        return world.instant().plus(shape.skew());
    }

    List<ToyRecord> all() {
        return List.copyOf(records.values());
    }

    Optional<ToyRecord> find(String id) {
        return Optional.ofNullable(records.get(id));
    }

    /** Records that can be found by a join key by now. */
    List<ToyRecord> findable(String joinKey) {
        boolean lagging = records.values().stream()
                .anyMatch(record ->
                        record.live() && joinKey.equals(record.joinKey()) && record.findable.isAfter(world.instant()));
        if (lagging) {
            chronicle.happened(Happening.SEARCH_LAG);
        }
        return records.values().stream()
                .filter(record -> record.live() && !record.hidden && joinKey.equals(record.joinKey()))
                .filter(record -> !record.findable.isAfter(world.instant()))
                .toList();
    }

    // What people do

    ToyRecord personCreates(Map<String, NativeValue> properties) {
        ToyRecord record = mint(false);
        change(record, Deed.Kind.CREATED, null, properties);
        return record;
    }

    void personEdits(ToyRecord record, Map<String, NativeValue> patch) {
        change(record, Deed.Kind.EDITED, null, patched(record, patch, false));
    }

    void personRemoves(ToyRecord record, boolean forGood) {
        record.archived = !forGood;
        record.deleted = forGood;
        log(record, forGood ? Deed.Kind.DELETED : Deed.Kind.ARCHIVED, null, record.properties, record.properties);
    }

    void personRestores(ToyRecord record) {
        record.archived = false;
        log(record, Deed.Kind.RESTORED, null, record.properties, record.properties);
    }

    /** Somebody takes a record out of our sight, or gives it back. Nobody tells of either, nor of what happens meanwhile. */
    void hide(ToyRecord record, boolean hidden) {
        if (record.hidden != hidden) {
            record.hidden = hidden;
            chronicle.happened(Happening.PERMISSION_LOST);
            world.tell(record.ref + (hidden ? " is out of sight" : " is in sight again"));
        }
    }

    /** The survivor is given what it lacks, and the other id leads to it from now on. */
    void personMerges(ToyRecord gone, ToyRecord survivor) {
        Map<String, NativeValue> filled = new TreeMap<>(gone.properties);
        survivor.properties.forEach((property, value) -> {
            if (!value.isBlank() || !filled.containsKey(property)) {
                filled.put(property, value);
            }
        });
        chronicle.happened(Happening.MERGE);
        change(survivor, Deed.Kind.EDITED, null, filled);
        gone.deleted = true;
        gone.became = survivor.ref;
        log(gone, Deed.Kind.DELETED, null, gone.properties, gone.properties);
    }

    /** The record that answers for one that was merged away, or that one itself. */
    ToyRecord survivor(ToyRecord record) {
        ToyRecord now = record;
        while (now.became != null) {
            now = records.getOrDefault(now.became.id(), now);
        }
        return now;
    }

    // What the API does

    /** Takes a write, and answers as if no answer were ever lost. */
    Outcome take(Call call) {
        if (call.archives) {
            return archive(call);
        }
        return call.write.creates() ? create(call) : update(call);
    }

    private Outcome archive(Call call) {
        RecordRef ref = call.write.ref();
        ToyRecord record = ref == null ? null : records.get(ref.id());
        if (record == null || record.deleted || record.hidden) {
            return new Outcome.Rejected(Outcome.Rejection.NOT_FOUND, null, null, "no such record");
        }
        if (!record.archived) {
            record.archived = true;
            log(record, Deed.Kind.ARCHIVED, call, record.properties, record.properties);
        }
        return new Outcome.Done(record.ref, null);
    }

    private Outcome update(Call call) {
        ToyRecord named = records.get(
                String.valueOf(call.write.ref() == null ? "" : call.write.ref().id()));
        // Some lead a write to the survivor of a merge, others do not.
        ToyRecord record = named != null && shape.answers() != Shape.Answers.NOTHING ? survivor(named) : named;
        if (record == null || !record.live() || record.hidden) {
            return new Outcome.Rejected(Outcome.Rejection.NOT_FOUND, null, null, "no such record");
        }
        if (shape.bagReplaced() && call.write.properties().containsKey(Shape.BAG)) {
            chronicle.happened(Happening.WHOLE_REPLACED);
        }
        change(record, Deed.Kind.EDITED, call, patched(record, call.write.properties(), shape.bagReplaced()));
        return new Outcome.Done(record.ref, answer(record, call.write));
    }

    private Outcome create(Call call) {
        Write write = call.write;
        Write.ExternalId key = write.externalId();
        if (shape.lookup() instanceof CreateLookup.UniqueUpsert && key != null) {
            Optional<ToyRecord> known = records.values().stream()
                    .filter(record -> record.live() && key.value().equals(record.joinKey()))
                    .findFirst();
            if (known.isPresent()) {
                ToyRecord record = known.get();
                change(record, Deed.Kind.EDITED, call, patched(record, write.properties(), shape.bagReplaced()));
                return new Outcome.Done(record.ref, answer(record, write));
            }
        }
        String once = write.idempotencyKey();
        if (shape.lookup() instanceof CreateLookup.IdempotencyKey keys && once != null) {
            Kept first = kept.get(once);
            if (first != null && first.at().plus(keys.ttl()).isAfter(world.instant())) {
                return first.properties().equals(write.properties())
                        ? new Outcome.Done(first.ref(), null)
                        : new Outcome.Rejected(Outcome.Rejection.KEY_REUSED, null, null, "key used for another body");
            }
        }
        ToyRecord record = mint(true);
        Map<String, NativeValue> properties = new TreeMap<>(patched(record, write.properties(), shape.bagReplaced()));
        if (key != null) {
            properties.put(key.property(), NativeValue.text(key.value()));
        }
        if (shape.lookup() instanceof CreateLookup.Lookup known) {
            record.findable =
                    world.instant().plusMillis(dice.below((int) known.lag().toMillis()));
        }
        change(record, Deed.Kind.CREATED, call, properties);
        if (once != null) {
            kept.put(once, new Kept(world.instant(), record.ref, write.properties()));
        }
        return new Outcome.Done(record.ref, answer(record, write));
    }

    private @Nullable ChangeEvent answer(ToyRecord record, Write write) {
        AsOf asOf = readAsOf(record);
        return switch (shape.answers()) {
            case NOTHING -> null;
            case WHOLE -> ChangeEvent.full(record.ref, shown(record), asOf, Evidence.READ);
            case WRITTEN -> {
                Map<String, NativeValue> some = new TreeMap<>(shown(record));
                some.keySet().retainAll(write.properties().keySet());
                yield ChangeEvent.partial(record.ref, some, asOf, Evidence.READ);
            }
        };
    }

    /** What a read shows of a live record. */
    ChangeEvent read(ToyRecord record, Evidence evidence) {
        return ChangeEvent.full(record.ref, shown(record), readAsOf(record), evidence);
    }

    private AsOf readAsOf(ToyRecord record) {
        return AsOf.read(floored(record.updated), clock());
    }

    private Instant floored(Instant time) {
        long grain = shape.grain().toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), grain) * grain);
    }

    /** Every property, those that were never set as null. */
    private Map<String, NativeValue> shown(ToyRecord record) {
        Map<String, NativeValue> all = new TreeMap<>();
        shape.mapping()
                .fields()
                .forEach(
                        mapped -> mapped.lens().properties().forEach(property -> all.put(property, NativeValue.EMPTY)));
        all.put(Shape.PRIVATE, NativeValue.EMPTY);
        all.put(Shape.BAG, new NativeValue.Entries(Map.of()));
        if (!shape.labelText()) {
            all.put(Shape.LABELS, new NativeValue.Items(List.of()));
        }
        all.putAll(record.properties);
        return all;
    }

    // Books

    private ToyRecord mint(boolean bySync) {
        // What people make has ids of its own, so that they do not hang on what sync makes meanwhile.
        String id = shape.system() + (bySync ? "-s" : "-p") + ++minted[bySync ? 1 : 0];
        ToyRecord record = new ToyRecord(new RecordRef(shape.system(), Contact.TYPE, id), clock(), bySync);
        record.findable = world.instant();
        records.put(id, record);
        return record;
    }

    private Map<String, NativeValue> patched(ToyRecord record, Map<String, NativeValue> patch, boolean wholeBag) {
        Map<String, NativeValue> next = new TreeMap<>(record.properties);
        patch.forEach((property, value) ->
                next.put(property, property.equals(Shape.BAG) ? bag(next.get(property), value, wholeBag) : value));
        return next;
    }

    private static NativeValue bag(@Nullable NativeValue before, NativeValue given, boolean whole) {
        Map<String, NativeValue> keys = new TreeMap<>();
        if (!whole && before instanceof NativeValue.Entries old) {
            keys.putAll(old.entries());
        }
        if (given instanceof NativeValue.Entries fresh) {
            keys.putAll(fresh.entries());
        }
        keys.values().removeIf(value -> value instanceof NativeValue.Empty);
        return new NativeValue.Entries(keys);
    }

    private void change(ToyRecord record, Deed.Kind kind, @Nullable Call call, Map<String, NativeValue> wanted) {
        Map<String, NativeValue> next = new TreeMap<>();
        wanted.forEach((property, value) -> next.put(property, kept(property, value)));
        Map<String, NativeValue> before = record.properties;
        record.properties = next;
        if (kind == Deed.Kind.CREATED || !Deed.slots(before).equals(Deed.slots(next))) {
            record.updated = clock();
            log(record, kind, call, before, next);
        }
    }

    /** How this vendor keeps a value that it is given. */
    private NativeValue kept(String property, NativeValue value) {
        if (property.equals(Shape.LABELS) && shape.sortsLabels()) {
            return sorted(value);
        }
        if (value instanceof NativeValue.Text text && shape.rendered().containsKey(property)) {
            String shown = shape.render(property, text.text());
            if (!shown.equals(text.text())) {
                chronicle.happened(Happening.RENDERING);
            }
            return shown.isEmpty() ? NativeValue.EMPTY : NativeValue.text(shown);
        }
        return value;
    }

    private NativeValue sorted(NativeValue value) {
        if (value instanceof NativeValue.Items items) {
            List<NativeValue> copy = new ArrayList<>(items.items());
            copy.sort((a, b) -> a.toString().compareTo(b.toString()));
            return new NativeValue.Items(copy);
        }
        if (value instanceof NativeValue.Text text) {
            List<String> parts = new ArrayList<>(List.of(text.text().split(";", -1)));
            Collections.sort(parts);
            return NativeValue.text(String.join(";", parts));
        }
        return value;
    }

    private void log(
            ToyRecord record,
            Deed.Kind kind,
            @Nullable Call call,
            Map<String, NativeValue> before,
            Map<String, NativeValue> after) {
        boolean gone = kind == Deed.Kind.ARCHIVED || kind == Deed.Kind.DELETED || kind == Deed.Kind.RESTORED;
        Deed deed =
                new Deed(world.tick(), world.instant(), record.ref, kind, call, Deed.slots(before), Deed.slots(after));
        if (gone) {
            record.updated = clock();
        }
        if (call != null) {
            call.deed = deed;
        }
        chronicle.deeds.add(deed);
        happened(deed);
        world.tell((call == null ? "person " : "write #" + call.number + " ") + kind + " " + record.ref + " "
                + told(deed));
        Notice notice = new Notice(notices.size(), shape.system() + "-" + notices.size(), deed, event(record, deed));
        notices.add(notice);
        if (!record.hidden) {
            courier.accept(notice);
        }
        automation.accept(record, deed);
    }

    private void happened(Deed deed) {
        if (shape.grade() == AsOfGrade.COARSE) {
            chronicle.happened(Happening.COARSE_CLOCK);
        } else if (shape.grade() == AsOfGrade.RECORD) {
            chronicle.happened(Happening.RECORD_CLOCK);
        }
        if (!shape.skew().isZero()) {
            chronicle.happened(Happening.SKEWED_CLOCK);
        }
        if (deed.kind() == Deed.Kind.RESTORED) {
            chronicle.happened(Happening.UNDELETE);
        }
        if (deed.byPerson() && (deed.kind() == Deed.Kind.ARCHIVED || deed.kind() == Deed.Kind.DELETED)) {
            chronicle.happened(Happening.DELETE);
        }
        boolean meanwhile = deed.byPerson()
                && deed.kind() == Deed.Kind.EDITED
                && calls.stream()
                        .anyMatch(call -> call.answer == null && deed.ref().equals(call.write.ref()));
        if (meanwhile) {
            chronicle.happened(Happening.EDIT_MEANWHILE);
        }
    }

    static String told(Deed deed) {
        StringBuilder text = new StringBuilder();
        deed.changes()
                .forEach((slot, change) -> text.append(text.length() == 0 ? "" : ", ")
                        .append(slot)
                        .append(": ")
                        .append(show(change.before()))
                        .append(" -> ")
                        .append(show(change.after())));
        return text.toString();
    }

    static String show(@Nullable NativeValue value) {
        if (value == null) {
            return "absent";
        }
        return value instanceof NativeValue.Text text
                ? "\"" + text.text() + "\""
                : value instanceof NativeValue.Empty
                        ? "null"
                        : value instanceof NativeValue.Items items
                                ? items.items().stream()
                                        .map(ToyVendor::show)
                                        .toList()
                                        .toString()
                                : value.toString();
    }

    private ChangeEvent event(ToyRecord record, Deed deed) {
        AsOf asOf = shape.grain().toMillis() > 1
                ? AsOf.coarse(floored(record.updated), shape.grain())
                : AsOf.at(record.updated);
        Origin origin = !shape.marksOwn() ? Origin.UNKNOWN : deed.byPerson() ? Origin.OTHERS : Origin.OURS;
        ChangeEvent event = switch (deed.kind()) {
            case ARCHIVED -> ChangeEvent.of(record.ref, ChangeKind.ARCHIVE, asOf, Evidence.EVENT);
            case DELETED -> removed(record, asOf);
            case RESTORED -> ChangeEvent.of(record.ref, ChangeKind.RESTORE, asOf, Evidence.EVENT);
            case CREATED, EDITED -> edited(record, deed, asOf);
        };
        return event.withOrigin(origin);
    }

    private static ChangeEvent removed(ToyRecord record, AsOf asOf) {
        RecordRef became = record.became;
        return became == null
                ? ChangeEvent.of(record.ref, ChangeKind.DELETE, asOf, Evidence.EVENT)
                : ChangeEvent.merged(record.ref, became, asOf, Evidence.EVENT);
    }

    private ChangeEvent edited(ToyRecord record, Deed deed, AsOf asOf) {
        if (shape.thin()) {
            return ChangeEvent.of(record.ref, ChangeKind.GAP, asOf, Evidence.EVENT);
        }
        if (shape.grade() != AsOfGrade.PROPERTY) {
            return ChangeEvent.full(record.ref, shown(record), asOf, Evidence.EVENT);
        }
        Map<String, NativeValue> some = new TreeMap<>(shown(record));
        some.keySet()
                .removeIf(property -> deed.changes().keySet().stream()
                        .noneMatch(slot -> slot.equals(property) || slot.startsWith(property + "/")));
        return ChangeEvent.partial(record.ref, some, asOf, Evidence.EVENT);
    }
}
