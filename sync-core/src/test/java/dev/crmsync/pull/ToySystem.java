package dev.crmsync.pull;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** A system of contacts that lists by offset, as careless vendors do, and whose answers a test can spoil. */
public final class ToySystem implements Adapter, ListsAll, ListsChanges, ReadsOne, WritesMany {
    public static final Mapping ANCHOR = Mapping.of(
            Contact.TYPE, FieldMapping.direct(Contact.NAME, "name"), FieldMapping.direct(Contact.EMAIL, "email"));
    public static final Mapping CRM = ANCHOR.withExternalId("kirim_id");

    public final List<String> order = new ArrayList<>();
    public final List<Integer> listed = new ArrayList<>();
    public final List<String> written = new ArrayList<>();
    public boolean listsSome;
    public int pageSize = 3;
    public boolean complete = true;
    public String fingerprint = "all contacts";
    public IntConsumer beforePage = offset -> {};
    public IntConsumer beforeChanges = index -> {};
    public int polled;
    public List<Quota> quotas = List.of();

    private final String name;
    private final InstantSource clock;
    private final Map<String, Map<String, NativeValue>> records = new TreeMap<>();
    private final Map<String, Instant> times = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();

    public ToySystem(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    /** A record that appears, or changes, now. */
    public void has(String id, String... properties) {
        if (!records.containsKey(id)) {
            order.add(id);
        }
        Map<String, NativeValue> values = new TreeMap<>(records.getOrDefault(id, Map.of()));
        for (int i = 0; i < properties.length; i += 2) {
            values.put(properties[i], NativeValue.text(properties[i + 1]));
        }
        records.put(id, values);
        times.put(id, clock.instant());
        changes.add(id);
    }

    public void has(int from, int to, String email) {
        for (int i = from; i < to; i++) {
            has("%04d".formatted(i), "name", "Person " + i, "email", email.formatted(i));
        }
    }

    public void loses(String id) {
        order.remove(id);
        records.remove(id);
    }

    /** A property that is not shown any more: absent from every answer, as if these credentials might not see it. */
    public void hides(String property) {
        records.values().forEach(record -> record.remove(property));
    }

    public RecordRef ref(String id) {
        return new RecordRef(name, Contact.TYPE, id);
    }

    public ChangeEvent event(String id, Evidence evidence) {
        Instant time = times.getOrDefault(id, clock.instant());
        return ChangeEvent.full(
                ref(id), records.getOrDefault(id, Map.of()), AsOf.read(time, clock.instant()), evidence);
    }

    @Override
    public Declaration declaration() {
        TypeDeclaration contacts = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.RECORD,
                false,
                new CreateLookup.UniqueUpsert(),
                false,
                false,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of());
        return new Declaration(
                "toy", name.equals("kirim"), List.of(listsSome ? contacts.listingSome() : contacts), quotas);
    }

    @Override
    public List<Mapping> defaultMappings() {
        return List.of(name.equals("kirim") ? ANCHOR : CRM);
    }

    @Override
    public Page list(String type, String cursor) {
        int offset = cursor == null ? 0 : Integer.parseInt(cursor);
        beforePage.accept(offset);
        listed.add(offset);
        int end = Math.min(order.size(), offset + pageSize);
        List<ChangeEvent> events = order.subList(Math.min(offset, end), end).stream()
                .map(id -> event(id, Evidence.LISTING))
                .toList();
        return new Page(events, end < order.size() ? Integer.toString(end) : null, complete);
    }

    @Override
    public String scopeFingerprint(String type) {
        return fingerprint;
    }

    @Override
    public String cursorAt(String type, Instant time) {
        long before = changes.stream()
                .filter(id -> times.getOrDefault(id, Instant.MAX).isBefore(time))
                .count();
        return Long.toString(before);
    }

    @Override
    public Page changes(String type, String cursor) {
        int index = Integer.parseInt(cursor);
        beforeChanges.accept(index);
        polled++;
        int end = Math.min(changes.size(), index + pageSize);
        List<ChangeEvent> events = changes.subList(index, end).stream()
                .map(id -> event(id, Evidence.INDEX))
                .toList();
        return new Page(events, Integer.toString(end), true);
    }

    @Override
    public Read read(RecordRef ref) {
        return records.containsKey(ref.id())
                ? new Read.Found(event(ref.id(), Evidence.READ))
                : new Read.Gone(AsOf.at(clock.instant()), false);
    }

    @Override
    public int writeBatchSize() {
        return 10;
    }

    @Override
    public boolean batches(Write write) {
        return true;
    }

    @Override
    public Map<String, Outcome> writeMany(List<Write> writes) {
        writes.forEach(write -> written.add(write.toString()));
        throw SyncException.of(SyncException.Kind.PERMANENT, "these tests write nothing");
    }
}
