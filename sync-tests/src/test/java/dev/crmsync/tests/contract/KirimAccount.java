package dev.crmsync.tests.contract;

import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.Specimen;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Kirim organisation in the sandbox. */
final class KirimAccount extends SandboxAccount implements Lever.Hand, Lever.Deletes, Lever.Seeds {
    KirimAccount() {
        try (Adapter adapter = adapter()) {
            ((ManagesSubscriptions) adapter).subscribe(target(), List.of(Contact.TYPE));
        }
    }

    @Override
    AdminClient admin() {
        return sandbox.kirim().adminClient();
    }

    @Override
    URI base() {
        return URI.create(sandbox.kirim().url());
    }

    @Override
    SystemDefinition definition(URI base) {
        return Kirim.organisation(sandbox.kirim().token())
                .phoneNumber(sandbox.kirim().phoneId())
                .webhookSecret(() -> List.copyOf(kept))
                .messages(true)
                .baseUrl(base);
    }

    @Override
    List<Calls> writes() {
        return List.of(new Calls("POST", "/contacts"), new Calls("PATCH", "/contacts"));
    }

    @Override
    List<Calls> reads() {
        return List.of(new Calls("GET", "/contacts"));
    }

    @Override
    public Set<String> secrets() {
        Set<String> secrets = new java.util.HashSet<>(kept);
        secrets.add(sandbox.kirim().token());
        return secrets;
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
                        "phone_number", NativeValue.text("+62812" + (1_000_000 + number)),
                        "metadata", new NativeValue.Entries(Map.of("source", NativeValue.text("fair " + number))));
            }

            @Override
            public Map<String, NativeValue> edited(int number) {
                return Map.of(
                        "name", NativeValue.text("Ana " + number),
                        "email", NativeValue.text("ana" + number + "@example.com"));
            }

            @Override
            public Set<String> clearable() {
                return Set.of("name", "email");
            }

            @Override
            public RecordRef stranger() {
                return ref("ctc_01HXYZABCDEFGHJKMNPQRSTVWX");
            }

            @Override
            public Optional<Map.Entry<String, NativeValue>> refused() {
                return Optional.of(Map.entry("email", NativeValue.text("no address at all")));
            }
        };
    }

    /** As JSON, of which Kirim's admin endpoint takes maps of values. */
    private static @Nullable Object json(NativeValue value) {
        if (value instanceof NativeValue.Text text) {
            return text.text();
        } else if (value instanceof NativeValue.Entries entries) {
            return json(entries.entries());
        }
        return null;
    }

    private static Map<String, @Nullable Object> json(Map<String, NativeValue> properties) {
        Map<String, @Nullable Object> json = new HashMap<>();
        properties.forEach((property, value) -> json.put(property, json(value)));
        return json;
    }

    private String edit(Map<String, ?> more, Map<String, NativeValue> properties) {
        Map<String, Object> edit = new HashMap<>(json(properties));
        edit.putAll(more);
        return String.valueOf(admin.edit(edit).get("id"));
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        return ref(edit(Map.of("op", "create"), properties));
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        edit(Map.of("op", "patch", "id", record.id()), properties);
    }

    @Override
    public void delete(RecordRef record) {
        admin.edit(Map.of("op", "delete", "id", record.id()));
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        return admin.seed(records.stream().map(KirimAccount::json).toList()).stream()
                .map(this::ref)
                .toList();
    }

    @Override
    public long records() {
        return admin.dump().size();
    }

    @Override
    public boolean signsBodies() {
        return true;
    }

    @Override
    public Optional<Duration> tolerance() {
        return Optional.of(Duration.ofMinutes(5));
    }

    @Override
    public WebhookRequest forged(WebhookRequest genuine) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(genuine.headers());
        headers.computeIfPresent(
                "X-Kirim-Signature",
                (name, values) -> List.of(values.get(0).replaceAll("v1=.*", "v1=" + "f".repeat(64))));
        return new WebhookRequest(genuine.method(), genuine.uri(), headers, genuine.body());
    }
}
