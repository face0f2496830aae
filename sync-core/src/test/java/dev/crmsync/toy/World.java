package dev.crmsync.toy;

import dev.crmsync.engine.Status;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.engine.SyncEngineBuilder;
import dev.crmsync.intake.WebhookAnswer;
import dev.crmsync.ledger.Worked;
import dev.crmsync.memory.MemoryStore;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Kirim and a CRM as toys, one store, one clock, and an engine that steps. */
public final class World {
    public static final String SYNC = "acme";

    public final SettableClock clock = new SettableClock();
    public Toy kirim;
    public Toy crm;
    public Store store;
    public Policy policy = Policies.guide().primaryCrm("crm");
    public UnaryOperator<SyncEngineBuilder> setting = UnaryOperator.identity();
    public UnaryOperator<Sync> defining = UnaryOperator.identity();
    public SyncEngine engine;
    private int ids;

    public World() {
        this(new MemoryStore());
    }

    public World(Store store) {
        this.store = store;
        kirim = new Toy("kirim", clock, contacts()).anchor();
        crm = new Toy("crm", clock, contacts().withExternalId("kirim_id"));
    }

    public static Mapping contacts() {
        return Mapping.of(
                Contact.TYPE,
                FieldMapping.direct(Contact.NAME, "name"),
                FieldMapping.direct(Contact.EMAIL, "email"),
                FieldMapping.direct(Contact.PHONE, "phone"),
                FieldMapping.of(Contact.LABELS, new Lens.ListOf("labels")),
                FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata")));
    }

    public World start() {
        engine = builder().stepping();
        return this;
    }

    public SyncEngineBuilder builder() {
        return setting.apply(SyncEngine.builder()
                .store(store)
                .clock(clock)
                .ids(() -> String.format("id%05d", ++ids))
                .jitter(() -> 0.5)
                .sleeper(clock::pass)
                .sync(sync()));
    }

    public Sync sync() {
        return defining.apply(
                Sync.named(SYNC).system("kirim", kirim).system("crm", crm).policy(policy));
    }

    public RecordRef kirim(String id) {
        return kirim.ref(Contact.TYPE, id);
    }

    public RecordRef crm(String id) {
        return crm.ref(Contact.TYPE, id);
    }

    public WebhookAnswer tell(Toy toy, ChangeEvent... events) {
        return engine.receive(SYNC, toy.name, toy.tells(events));
    }

    /** A person at Kirim, told of by webhook. */
    public RecordRef person(String id, String name, String email) {
        RecordRef ref = kirim(id);
        tell(kirim, kirim.edit(ref, Map.of("name", NativeValue.text(name), "email", NativeValue.text(email))));
        return ref;
    }

    /** People at Kirim who are in the CRM already, all in step. */
    public void peopleInStep(int from, int to) {
        for (int i = from; i < to; i++) {
            person("k" + i, "Person " + i, "p" + i + "@example.com");
        }
        settle();
        clock.pass(Duration.ofMinutes(1));
    }

    /** The record at the CRM that was made for a person at Kirim. */
    public RecordRef crmOf(RecordRef person) {
        return crm.records.entrySet().stream()
                .filter(record ->
                        NativeValue.text(person.id()).equals(record.getValue().get("kirim_id")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the CRM has no record of " + person));
    }

    /** Steps, and lets time pass up to the next thing to do, as long as that is near. */
    public void settle() {
        settle(Duration.ofMinutes(2));
    }

    /** Steps, and lets time pass up to the next thing to do, as long as that is within the given time. */
    public void settle(Duration most) {
        Instant end = clock.instant().plus(most);
        for (int round = 0; round < 10_000; round++) {
            Worked rested = engine.drain();
            Status status = engine.status(SYNC);
            Instant next = rested.next();
            boolean waits = status.inbox() > 0 || status.nextDue() != null;
            if (!waits || next == null || next.isAfter(end)) {
                return;
            }
            clock.to(next);
            clock.pass(Duration.ofMillis(1));
        }
        throw new AssertionError("the world never comes to rest");
    }
}
