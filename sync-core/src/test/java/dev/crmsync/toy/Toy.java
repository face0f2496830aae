package dev.crmsync.toy;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Quota;
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
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A system in memory that holds records, tells of changes by webhook, and fails when it is told to. */
public class Toy
        implements Adapter,
                AdapterProvider,
                SystemDefinition,
                ReceivesWebhooks,
                ReadsOne,
                WritesOne,
                FindsCreated,
                Archives,
                ListsAll {
    /** What becomes of a write: it sees the write and what would have been answered. */
    public interface Fate {
        Outcome decide(Write write, Supplier<Outcome> takesEffect);
    }

    public final String name;
    public final SettableClock clock;
    public final Map<RecordRef, Map<String, NativeValue>> records = new TreeMap<>();
    public final Map<RecordRef, Instant> changed = new HashMap<>();
    public final List<Write> writes = new ArrayList<>();
    public final List<RecordRef> reads = new ArrayList<>();
    public final List<Write.ExternalId> finds = new ArrayList<>();
    public final List<Map<String, NativeValue>> hints = new ArrayList<>();
    public final Deque<Fate> fates = new ArrayDeque<>();
    public final Deque<Supplier<Read>> readFates = new ArrayDeque<>();
    public final Deque<Supplier<Outcome>> archiveFates = new ArrayDeque<>();
    public final List<RecordRef> archives = new ArrayList<>();
    public final Map<RecordRef, Map<String, NativeValue>> archived = new TreeMap<>();
    public final Map<RecordRef, RecordRef> became = new TreeMap<>();
    public final List<Mapping> mappings;
    public List<Quota> quotas = List.of();
    public boolean anchor;
    public CreateLookup lookup = new CreateLookup.UniqueUpsert();
    public boolean hidesCreated;

    private final Map<String, Receipt> told = new HashMap<>();
    private final Map<String, Outcome> answersByKey = new HashMap<>();
    private int ids;
    private int webhooks;

    public Toy(String name, SettableClock clock, Mapping... mappings) {
        this.name = name;
        this.clock = clock;
        this.mappings = List.of(mappings);
    }

    public Toy anchor() {
        anchor = true;
        return this;
    }

    public Toy lookup(CreateLookup how) {
        lookup = how;
        return this;
    }

    public RecordRef ref(String type, String id) {
        return new RecordRef(name, type, id);
    }

    /** A person changes a record; the answer is the event that tells of it. */
    public ChangeEvent edit(RecordRef ref, Map<String, NativeValue> properties) {
        change(ref, properties);
        return event(ref, Evidence.EVENT);
    }

    public ChangeEvent edit(RecordRef ref, String property, String text) {
        return edit(ref, Map.of(property, NativeValue.text(text)));
    }

    public ChangeEvent event(RecordRef ref, Evidence evidence) {
        return ChangeEvent.full(ref, held(ref), AsOf.at(changed.getOrDefault(ref, clock.instant())), evidence);
    }

    /** What a record holds; properties that it lacks are told as empty. */
    private Map<String, NativeValue> held(RecordRef ref) {
        Map<String, NativeValue> held = new TreeMap<>();
        mappings.stream().filter(mapping -> mapping.type().equals(ref.type())).forEach(mapping -> {
            mapping.fields()
                    .forEach(field ->
                            field.lens().properties().forEach(property -> held.put(property, NativeValue.EMPTY)));
            if (mapping.externalId() != null) {
                held.put(mapping.externalId(), NativeValue.EMPTY);
            }
        });
        held.putAll(records.getOrDefault(ref, Map.of()));
        return held;
    }

    private void change(RecordRef ref, Map<String, NativeValue> properties) {
        records.computeIfAbsent(ref, fresh -> new TreeMap<>()).putAll(properties);
        changed.put(ref, clock.instant());
    }

    public String text(RecordRef ref, String property) {
        NativeValue value = records.getOrDefault(ref, Map.of()).get(property);
        return value instanceof NativeValue.Text text ? text.text() : "";
    }

    /** A webhook that bears events. */
    public WebhookRequest tells(ChangeEvent... events) {
        List<Receipt.Keyed> keyed = new ArrayList<>();
        for (ChangeEvent event : events) {
            keyed.add(new Receipt.Keyed("event-" + ++webhooks, event));
        }
        return webhook(new Receipt.Accepted(keyed));
    }

    public WebhookRequest webhook(Receipt receipt) {
        String body = "webhook-" + ++webhooks;
        told.put(body, receipt);
        return new WebhookRequest("POST", "https://host/" + name, Map.of(), Bytes.utf8(body));
    }

    @Override
    public Receipt receive(WebhookRequest request) {
        return told.getOrDefault(request.body().toUtf8(), new Receipt.BadSignature());
    }

    @Override
    public Read read(RecordRef ref) {
        reads.add(ref);
        Supplier<Read> fate = readFates.poll();
        if (fate != null) {
            return fate.get();
        }
        return answer(ref);
    }

    Read answer(RecordRef ref) {
        RecordRef other = became.get(ref);
        if (other != null) {
            return new Read.MergedInto(other, null);
        }
        return records.containsKey(ref)
                ? new Read.Found(event(ref, Evidence.READ))
                : new Read.Gone(AsOf.at(clock.instant()), archived.containsKey(ref));
    }

    @Override
    public Outcome archive(RecordRef ref) {
        archives.add(ref);
        Supplier<Outcome> fate = archiveFates.poll();
        if (fate != null) {
            return fate.get();
        }
        putAway(ref);
        return new Outcome.Done(ref, null);
    }

    private void putAway(RecordRef ref) {
        Map<String, NativeValue> held = records.remove(ref);
        if (held != null) {
            archived.put(ref, held);
        }
    }

    @Override
    public Outcome write(Write write) {
        writes.add(write);
        Fate fate = fates.poll();
        return fate == null ? takesEffect(write) : fate.decide(write, () -> takesEffect(write));
    }

    private Outcome takesEffect(Write write) {
        String key = write.idempotencyKey();
        if (key != null && answersByKey.containsKey(key)) {
            return answersByKey.get(key);
        }
        RecordRef ref = write.ref() == null ? null : became.getOrDefault(write.ref(), write.ref());
        Write.ExternalId externalId = write.externalId();
        if (ref == null && externalId != null && lookup instanceof CreateLookup.UniqueUpsert) {
            ref = byKey(write.type(), externalId);
        }
        if (ref == null) {
            ref = ref(write.type(), name + "-" + ++ids);
        }
        Map<String, NativeValue> properties = new TreeMap<>(write.properties());
        if (externalId != null) {
            properties.put(externalId.property(), NativeValue.text(externalId.value()));
        }
        change(ref, properties);
        Outcome done = new Outcome.Done(ref, event(ref, Evidence.READ));
        if (key != null) {
            answersByKey.put(key, done);
        }
        return done;
    }

    private @Nullable RecordRef byKey(String type, Write.ExternalId key) {
        return records.entrySet().stream()
                .filter(record -> record.getKey().type().equals(type)
                        && NativeValue.text(key.value())
                                .equals(record.getValue().get(key.property())))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Read find(String type, Write.ExternalId externalId) {
        finds.add(externalId);
        RecordRef found = hidesCreated ? null : byKey(type, externalId);
        return found == null ? new Read.Gone(AsOf.at(clock.instant()), false) : answer(found);
    }

    @Override
    public Read find(String type, Write.ExternalId externalId, Map<String, NativeValue> sent) {
        hints.add(sent);
        return find(type, externalId);
    }

    @Override
    public Page list(String type, @Nullable String cursor) {
        List<ChangeEvent> events = records.keySet().stream()
                .filter(ref -> ref.type().equals(type))
                .map(ref -> event(ref, Evidence.LISTING))
                .toList();
        return new Page(events, null, true);
    }

    @Override
    public String scopeFingerprint(String type) {
        return "all";
    }

    @Override
    public Declaration declaration() {
        List<TypeDeclaration> types = mappings.stream()
                .map(mapping -> new TypeDeclaration(
                        mapping.type(),
                        AsOfGrade.RECORD,
                        false,
                        lookup,
                        true,
                        true,
                        TypeDeclaration.DEFAULT_ECHO_HORIZON,
                        Duration.ZERO,
                        List.of()))
                .toList();
        return new Declaration(name, anchor, types, quotas);
    }

    @Override
    public List<Mapping> defaultMappings() {
        return mappings;
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

    /** A delete that the vendor tells of. */
    public ChangeEvent delete(RecordRef ref) {
        records.remove(ref);
        return ChangeEvent.of(ref, ChangeKind.DELETE, AsOf.at(clock.instant()), Evidence.EVENT);
    }

    /** A person archives a record, or sync has: the vendor tells of it. */
    public ChangeEvent archived(RecordRef ref) {
        putAway(ref);
        return ChangeEvent.of(ref, ChangeKind.ARCHIVE, AsOf.at(clock.instant()), Evidence.EVENT);
    }

    /** A person brings a record back. */
    public ChangeEvent restore(RecordRef ref) {
        change(ref, archived.getOrDefault(ref, Map.of()));
        archived.remove(ref);
        return ChangeEvent.of(ref, ChangeKind.RESTORE, AsOf.at(clock.instant()), Evidence.EVENT);
    }

    /** A person merges a record into another one, which keeps what it holds and is given what it lacks. */
    public ChangeEvent merge(RecordRef gone, RecordRef survivor) {
        Map<String, NativeValue> held = new TreeMap<>(records.getOrDefault(gone, Map.of()));
        records.getOrDefault(survivor, Map.of()).forEach((property, value) -> {
            if (!value.isBlank()) {
                held.put(property, value);
            }
        });
        records.remove(gone);
        change(survivor, held);
        became.put(gone, survivor);
        return ChangeEvent.merged(gone, survivor, AsOf.at(clock.instant()), Evidence.EVENT);
    }

    /** A person converts a record into one of another type. */
    public ChangeEvent convert(RecordRef ref, RecordRef into) {
        ChangeEvent told = merge(ref, into);
        return new ChangeEvent(
                ref, ChangeKind.CONVERT, Map.of(), false, told.asOf(), told.origin(), told.evidence(), into);
    }

    /** The write takes effect and its answer is lost. */
    public static Fate answerLost() {
        return (write, takesEffect) -> {
            Objects.requireNonNull(takesEffect.get());
            return new Outcome.Unknown("the answer was lost");
        };
    }

    /** The vendor does not look at it, because a quota is spent. */
    public static Fate limited(@Nullable Duration retryAfter, @Nullable String quota) {
        return (write, takesEffect) -> new Outcome.Deferred(retryAfter, quota, "429");
    }

    public static Fate rejected(Outcome.Rejection kind, @Nullable String property) {
        return (write, takesEffect) -> new Outcome.Rejected(kind, property, null, "refused");
    }

    /** Nothing happens, and nobody knows. */
    public static Fate requestLost() {
        return (write, takesEffect) -> new Outcome.Unknown("the request was lost");
    }

    public static Fate deferred() {
        return (write, takesEffect) -> new Outcome.Deferred(null, null, "not now");
    }

    public static Fate fails(RuntimeException failure) {
        return (write, takesEffect) -> {
            throw failure;
        };
    }
}
