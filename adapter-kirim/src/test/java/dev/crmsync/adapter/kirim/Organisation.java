package dev.crmsync.adapter.kirim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A Kirim organisation in the sandbox, an adapter for it, and a host that keeps secrets and takes webhooks. */
final class Organisation implements AutoCloseable {
    final List<QuotaReport> reports = new CopyOnWriteArrayList<>();
    final List<String> secrets = new CopyOnWriteArrayList<>();
    final List<WebhookRequest> webhooks = new CopyOnWriteArrayList<>();
    final AtomicReference<Integer> answer = new AtomicReference<>(200);
    final AtomicReference<Duration> skew = new AtomicReference<>(Duration.ZERO);
    final AdminClient admin;
    final KirimAdapter adapter;

    private final AtomicLong lastMilli = new AtomicLong();
    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.standard().withSeed(11).withClock(this::laterThanBefore));
    private final HttpServer host;

    Organisation() {
        admin = sandbox.kirim().adminClient();
        adapter = adapter(definition());
        try {
            host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host.createContext("/", this::take);
        host.start();
    }

    /** Two changes never fall into one millisecond, so a test knows which is the later one. */
    private Instant laterThanBefore() {
        return Instant.ofEpochMilli(lastMilli.updateAndGet(
                before -> Math.max(before + 1, Instant.now().toEpochMilli())));
    }

    Kirim definition() {
        return Kirim.organisation(sandbox.kirim().token())
                .phoneNumber(sandbox.kirim().phoneId())
                .webhookSecret(() -> List.copyOf(secrets))
                .baseUrl(sandbox.kirim().url())
                .writesPerMinute(6_000)
                .readsPerMinute(60_000);
    }

    String token() {
        return sandbox.kirim().token();
    }

    KirimAdapter adapter(Kirim definition) {
        InstantSource clock = () -> Instant.now().plus(skew.get());
        return (KirimAdapter) definition
                .provider()
                .create(new AdapterConfig(
                        "kirim",
                        definition.settings(),
                        definition.secrets(),
                        (system, name, secret) -> secrets.add(secret),
                        clock,
                        reports::add));
    }

    URI target() {
        return URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/hooks");
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(exchange.getRequestHeaders());
        Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
        webhooks.add(new WebhookRequest(exchange.getRequestMethod(), target().toString(), headers, body));
        exchange.sendResponseHeaders(answer.get(), -1);
        exchange.close();
    }

    /** One contact; its id. */
    String seed(Map<String, ?> contact) {
        return admin.seed(List.of(contact)).get(0);
    }

    ChangeEvent found(String id) {
        return ((Read.Found) adapter.read(ref(id))).record();
    }

    Outcome patch(String id, Map<String, NativeValue> properties) {
        return adapter.write(new Write("k", Contact.TYPE, ref(id), properties, null, null));
    }

    Outcome create(String idempotencyKey, Map<String, NativeValue> properties) {
        return adapter.write(new Write("k", Contact.TYPE, null, properties, null, idempotencyKey));
    }

    /** What a person does to conversations, or a contact writes; the result. */
    Map<String, Object> doing(Object... keysAndValues) {
        Map<String, Object> doing = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            doing.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        List<?> results = (List<?>) admin.any("POST", "/conversations/doings", Map.of("doings", List.of(doing)))
                .get("results");
        Map<String, Object> result = new TreeMap<>();
        ((Map<?, ?>) results.get(0)).forEach((name, value) -> result.put((String) name, value));
        return result;
    }

    /** A conversation with a new contact, who has just written; its id. */
    String conversation(String phone) {
        return (String) doing("op", "message", "contact_id", seed(Map.of("phone_number", phone, "name", "Budi")))
                .get("conversation_id");
    }

    /** A member of the team; the id. */
    String user(String name, String email) {
        return ((List<?>) admin.any("POST", "/users", Map.of("users", List.of(Map.of("name", name, "email", email))))
                        .get("ids"))
                .get(0)
                .toString();
    }

    static RecordRef ref(String type, String id) {
        return new RecordRef("kirim", type, id);
    }

    static RecordRef ref(String id) {
        return new RecordRef("kirim", Contact.TYPE, id);
    }

    static NativeValue text(String text) {
        return NativeValue.text(text);
    }

    static NativeValue bag(String key, NativeValue value) {
        return new NativeValue.Entries(Map.of(key, value));
    }

    @Override
    public void close() {
        host.stop(0);
        sandbox.close();
    }
}
