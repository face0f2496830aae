package dev.crmsync.testkit.acme;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.Specimen;
import dev.crmsync.testkit.adapter.TestAccount;
import dev.crmsync.testkit.adapter.Trouble;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** An account at Acme, which has every lever, and an adapter for it. */
final class AcmeAccount
        implements TestAccount,
                Lever.Hand,
                Lever.Deletes,
                Lever.Merges,
                Lever.Webhooks,
                Lever.Time,
                Lever.Troubles,
                Lever.Counts,
                Lever.Seeds,
                Lever.Segments,
                Lever.Elsewhere {
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    final AcmeVendor vendor = new AcmeVendor();
    private final BiFunction<URI, InstantSource, Adapter> adapters;
    private final boolean madeByPeople;

    AcmeAccount(BiFunction<URI, InstantSource, Adapter> adapters) {
        this(adapters, false);
    }

    /**
     * An account of an Acme whose API makes no records, where that is said.
     *
     * @param madeByPeople whether people alone make them
     */
    AcmeAccount(BiFunction<URI, InstantSource, Adapter> adapters, boolean madeByPeople) {
        this.adapters = adapters;
        this.madeByPeople = madeByPeople;
    }

    @Override
    public Adapter adapter() {
        return adapterAt(vendor.url());
    }

    @Override
    public Adapter adapterAt(URI base) {
        return adapters.apply(base, vendor::now);
    }

    @Override
    public Set<String> secrets() {
        return Set.of(AcmeVendor.TOKEN, AcmePost.SECRET);
    }

    @Override
    public Specimen specimen() {
        return new Specimen() {
            @Override
            public String type() {
                return Contact.TYPE;
            }

            @Override
            public Map<String, NativeValue> record(int number) {
                return Map.of(
                        "name", NativeValue.text("Budi " + number),
                        "email", NativeValue.text("budi" + number + "@example.com"),
                        "phone", NativeValue.text("+62812" + (1_000_000 + number)),
                        "note", NativeValue.text("met " + number),
                        "tags",
                                new NativeValue.Items(
                                        List.of(NativeValue.text("VIP"), NativeValue.text("t" + number))));
            }

            @Override
            public Map<String, NativeValue> edited(int number) {
                return Map.of(
                        "name", NativeValue.text("Ana " + number),
                        "email", NativeValue.text("ana" + number + "@example.com"));
            }

            @Override
            public Set<String> clearable() {
                return Set.of("email", "note", "tags");
            }

            @Override
            public RecordRef stranger() {
                return AcmeAdapter.ref("c999999");
            }

            @Override
            public Optional<Map.Entry<String, NativeValue>> refused() {
                return Optional.of(Map.entry("email", NativeValue.text("no address")));
            }

            @Override
            public boolean madeByPeople() {
                return madeByPeople;
            }
        };
    }

    private static Map<String, String> texts(Map<String, NativeValue> properties) {
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((property, value) -> AcmeAdapter.put(texts, property, value));
        return texts;
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        vendor.create(texts(properties), "person");
        List<String> ids = new ArrayList<>(vendor.contacts.keySet());
        return AcmeAdapter.ref(ids.get(ids.size() - 1));
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        vendor.change(record.id(), texts(properties), "person");
    }

    @Override
    public void delete(RecordRef record) {
        vendor.delete(record.id(), "person");
    }

    @Override
    public RecordRef merge(RecordRef loser, RecordRef survivor) {
        vendor.merge(loser.id(), survivor.id());
        return survivor;
    }

    @Override
    public List<WebhookRequest> delivered() {
        return vendor.post.sent();
    }

    @Override
    public boolean signsBodies() {
        return true;
    }

    @Override
    public Optional<Duration> tolerance() {
        return Optional.of(TOLERANCE);
    }

    @Override
    public WebhookRequest forged(WebhookRequest genuine) {
        return AcmePost.signed(genuine.body().toUtf8(), vendor.now(), "a guess");
    }

    @Override
    public Instant now() {
        return vendor.now();
    }

    @Override
    public void pass(Duration time) {
        vendor.pass(time);
    }

    @Override
    public void arrange(Trouble trouble, boolean writes, int calls) {
        synchronized (vendor) {
            for (int i = 0; i < calls; i++) {
                vendor.troubles.add(trouble);
            }
        }
    }

    @Override
    public void mend() {
        synchronized (vendor) {
            vendor.troubles.clear();
        }
    }

    @Override
    public long records() {
        return vendor.count();
    }

    @Override
    public String segment(List<RecordRef> members) {
        return vendor.desk.segment(members.stream().map(RecordRef::id).toList());
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        return records.stream().map(this::make).toList();
    }

    @Override
    public void close() {
        vendor.close();
    }
}
