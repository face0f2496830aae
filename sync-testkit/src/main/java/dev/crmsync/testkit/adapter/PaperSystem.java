package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A system without a vendor: contacts in memory, to stand beside an adapter that is tried through the engine. It issues the join
 * key, as Kirim does, and has the native properties {@code name}, {@code email}, {@code phone}, {@code labels} (a list of texts)
 * and {@code metadata} (a bag). Its adapter reads, lists and writes; it sends no webhooks, so that an edit is told by
 * {@code SyncEngine.syncNow} or by the next walk. Thread-safe. It outlives engines, as a vendor does.
 */
public final class PaperSystem implements SystemDefinition {
    private static final Map<String, NativeValue> BLANK = Map.of(
            "name", NativeValue.EMPTY,
            "email", NativeValue.EMPTY,
            "phone", NativeValue.EMPTY,
            "labels", new NativeValue.Items(List.of()),
            "metadata", new NativeValue.Entries(Map.of()));

    private final String system;
    private final InstantSource clock;
    private final Map<String, Sheet> sheets = new TreeMap<>();

    /** A contact, and when it was last written on. */
    private record Sheet(Map<String, NativeValue> properties, Instant updated) {}

    /**
     * An empty system.
     *
     * @param system its name in the sync
     * @param clock its clock; it may be the engine's
     */
    public PaperSystem(String system, InstantSource clock) {
        this.system = Objects.requireNonNull(system, "system");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    // What a person does

    /**
     * Makes a contact.
     *
     * @param properties its native properties
     * @return the contact
     */
    public synchronized RecordRef make(Map<String, NativeValue> properties) {
        RecordRef made = new RecordRef(system, Contact.TYPE, "paper-" + (sheets.size() + 1));
        sheets.put(made.id(), new Sheet(BLANK, clock.instant()));
        edit(made, properties);
        return made;
    }

    /**
     * Changes a contact.
     *
     * @param record the contact
     * @param properties the native properties that change; an empty one clears, and a bag is changed key by key
     * @throws IllegalArgumentException when there is no such contact
     */
    public synchronized void edit(RecordRef record, Map<String, NativeValue> properties) {
        Map<String, NativeValue> written = new TreeMap<>(sheet(record).properties());
        properties.forEach((name, value) -> written.merge(name, value, PaperSystem::written));
        sheets.put(record.id(), new Sheet(Map.copyOf(written), clock.instant()));
    }

    private static NativeValue written(NativeValue before, NativeValue value) {
        if (!(value instanceof NativeValue.Entries changed)) {
            return value;
        }
        Map<String, NativeValue> bag =
                before instanceof NativeValue.Entries old ? new TreeMap<>(old.entries()) : new TreeMap<>();
        bag.putAll(changed.entries());
        bag.values().removeIf(NativeValue.Empty.class::isInstance);
        return new NativeValue.Entries(bag);
    }

    /**
     * What stands there.
     *
     * @param record the contact
     * @return its native properties
     * @throws IllegalArgumentException when there is no such contact
     */
    public synchronized Map<String, NativeValue> shown(RecordRef record) {
        return sheet(record).properties();
    }

    /**
     * All contacts.
     *
     * @return the contacts in the order of their ids
     */
    public synchronized List<RecordRef> records() {
        return sheets.keySet().stream()
                .map(id -> new RecordRef(system, Contact.TYPE, id))
                .toList();
    }

    private Sheet sheet(RecordRef record) {
        return Optional.ofNullable(sheets.get(record.id()))
                .orElseThrow(() -> new IllegalArgumentException("no sheet bears the number " + record.id()));
    }

    synchronized Optional<ChangeEvent> event(RecordRef record, Evidence evidence) {
        return Optional.ofNullable(sheets.get(record.id()))
                .map(sheet -> ChangeEvent.full(
                        record, sheet.properties(), AsOf.read(sheet.updated(), clock.instant()), evidence));
    }

    // What a sync makes of it

    @Override
    public AdapterProvider provider() {
        return new AdapterProvider() {
            @Override
            public String name() {
                return PaperAdapter.VENDOR;
            }

            @Override
            public int spiVersion() {
                return SpiVersion.CURRENT;
            }

            @Override
            public Adapter create(AdapterConfig config) {
                return new PaperAdapter(PaperSystem.this);
            }
        };
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Map<String, SecretSource> secrets() {
        return Map.of();
    }

    @Override
    public String toString() {
        return "PaperSystem[" + system + "]";
    }
}
