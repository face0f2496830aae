package dev.crmsync.store.jdbc;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A system that is no more than a map, and tells of changes when it is asked to. */
final class Shelf implements Adapter, AdapterProvider, SystemDefinition, ReceivesWebhooks, ReadsOne, WritesOne {
    final Map<RecordRef, Map<String, NativeValue>> records = new TreeMap<>();
    private final Map<String, ChangeEvent> told = new TreeMap<>();
    private final String name;
    private final boolean anchor;
    private long ticks;

    Shelf(String name, boolean anchor) {
        this.name = name;
        this.anchor = anchor;
    }

    RecordRef ref(String id) {
        return new RecordRef(name, Contact.TYPE, id);
    }

    WebhookRequest edits(String id, String... values) {
        Map<String, NativeValue> record = records.computeIfAbsent(ref(id), fresh -> new TreeMap<>());
        for (int i = 0; i < values.length; i += 2) {
            record.put(values[i], NativeValue.text(values[i + 1]));
        }
        String key = name + ++ticks;
        told.put(key, ChangeEvent.full(ref(id), Map.copyOf(record), now(), Evidence.EVENT));
        return new WebhookRequest("POST", "https://host", Map.of(), Bytes.utf8(key));
    }

    private AsOf now() {
        return AsOf.at(Instant.EPOCH.plusSeconds(++ticks));
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        String key = request.body().toUtf8();
        ChangeEvent event = told.get(key);
        return event == null
                ? new Receipt.BadSignature()
                : new Receipt.Accepted(List.of(new Receipt.Keyed(key, event)));
    }

    @Override
    public Read read(RecordRef ref) {
        Map<String, NativeValue> record = records.get(ref);
        return record == null
                ? new Read.Gone(now(), false)
                : new Read.Found(ChangeEvent.full(ref, Map.copyOf(record), now(), Evidence.READ));
    }

    @Override
    public Outcome write(Write write) {
        RecordRef known = write.ref();
        RecordRef ref = known == null ? ref("made-" + ++ticks) : known;
        Map<String, NativeValue> record = records.computeIfAbsent(ref, fresh -> new TreeMap<>());
        record.putAll(write.properties());
        Write.ExternalId key = write.externalId();
        if (key != null) {
            record.put(key.property(), NativeValue.text(key.value()));
        }
        return new Outcome.Done(ref, ChangeEvent.full(ref, Map.copyOf(record), now(), Evidence.READ));
    }

    @Override
    public Declaration declaration() {
        TypeDeclaration type = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                false,
                new CreateLookup.UniqueUpsert(),
                true,
                true,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of());
        return new Declaration(name, anchor, List.of(type), List.of());
    }

    @Override
    public List<Mapping> defaultMappings() {
        Mapping mapping = Mapping.of(
                Contact.TYPE,
                FieldMapping.direct(Contact.NAME, "name"),
                FieldMapping.direct(Contact.EMAIL, "email"),
                FieldMapping.direct(Contact.PHONE, "phone"));
        return List.of(anchor ? mapping : mapping.withExternalId("kirim_id"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int spiVersion() {
        return SpiVersion.CURRENT;
    }

    @Override
    public Adapter create(AdapterConfig config) {
        return this;
    }

    @Override
    public AdapterProvider provider() {
        return this;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Map<String, SecretSource> secrets() {
        return Map.of();
    }
}
