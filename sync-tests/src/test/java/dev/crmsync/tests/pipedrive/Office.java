package dev.crmsync.tests.pipedrive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.adapter.pipedrive.Pipedrive;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.pipedrive.PipedrivePeople;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox's Pipedrive with an adapter that is set up for it, and a place where its webhooks arrive. Both share a clock that a test
 * lets pass, begun at the present because the HTTP server dates its answers itself.
 */
final class Office implements AutoCloseable {
    static final String PATH = "unguessable_4f1c";

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    final InstantSource clock = () -> now.updateAndGet(before -> before.plusMillis(1));
    final Sandbox sandbox = Sandbox.start(SandboxOptions.standard().withClock(clock));
    final AdminClient admin = sandbox.pipedrive().adminClient();
    final PipedrivePeople people = sandbox.pipedrive().people();
    final List<String> passwords = new CopyOnWriteArrayList<>();
    final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    final List<WebhookRequest> requests = new CopyOnWriteArrayList<>();
    final List<QuotaReport> reports = new CopyOnWriteArrayList<>();
    final Adapter adapter;

    /** What the host answers to webhooks. */
    volatile int status = 200;

    private final HttpServer hook;

    Office() {
        this(definition -> definition);
    }

    Office(UnaryOperator<Pipedrive> more) {
        try {
            hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        adapter = adapter(more.apply(definition()));
        hook.createContext("/", this::receive);
        hook.start();
    }

    Pipedrive definition() {
        return Pipedrive.company(sandbox.pipedrive().token())
                .baseUrl(URI.create(sandbox.pipedrive().url()))
                .companyId(String.valueOf(sandbox.pipedrive().companyId()))
                .dedicatedUser(String.valueOf(sandbox.pipedrive().userId()))
                .webhooks(() -> List.of("crm-sync"), () -> List.copyOf(passwords))
                .webhookTarget(target(), () -> List.of(PATH))
                .metadata("crm_segment", "Segment")
                .limits(120, 210_000);
    }

    Adapter adapter(Pipedrive definition) {
        return definition
                .provider()
                .create(new AdapterConfig(
                        "crm",
                        definition.settings(),
                        definition.secrets(),
                        (system, name, secret) -> passwords.add(0, secret),
                        clock,
                        reports::add));
    }

    Office setUp() {
        setUp(false);
        return this;
    }

    List<SetupStep> setUp(boolean dryRun) {
        return ((SetsUp) adapter).setUp(adapter.defaultMappings(), dryRun);
    }

    ManagesSubscriptions subscriptions() {
        return (ManagesSubscriptions) adapter;
    }

    URI target() {
        return URI.create("http://127.0.0.1:" + hook.getAddress().getPort() + "/webhooks/crm");
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            WebhookRequest request = new WebhookRequest(
                    exchange.getRequestMethod(),
                    target().resolve(exchange.getRequestURI()).toString(),
                    new HashMap<>(exchange.getRequestHeaders()),
                    Bytes.of(exchange.getRequestBody().readAllBytes()));
            requests.add(request);
            if (status == 200) {
                receipts.add(receive(request));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    Receipt receive(WebhookRequest request) {
        return ((ReceivesWebhooks) adapter).receive(request);
    }

    /** What the webhooks of a while have told. */
    List<ChangeEvent> told() {
        admin.flush(true);
        return receipts.stream()
                .filter(Receipt.Accepted.class::isInstance)
                .flatMap(receipt -> ((Receipt.Accepted) receipt).events().stream())
                .map(Receipt.Keyed::event)
                .toList();
    }

    /** Somebody deletes a field of persons, with all that it holds. */
    void deleteField(String name) {
        String code = people.fields().stream()
                .filter(field -> name.equals(field.get("field_name")))
                .map(field -> String.valueOf(field.get("field_code")))
                .findFirst()
                .orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(sandbox.pipedrive().url() + "/api/v2/personFields/" + code))
                .header("x-api-token", sandbox.pipedrive().token())
                .DELETE()
                .build();
        try {
            int answered = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (answered != 200) {
                throw new IllegalStateException("the field was not deleted: " + answered);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    Outcome write(Write write) {
        return ((WritesOne) adapter).write(write);
    }

    Outcome change(String id, Map<String, NativeValue> properties) {
        return write(new Write("k", "contact", person(id), properties, null, null));
    }

    Outcome change(String id, String... properties) {
        return change(id, values(properties));
    }

    String create(String kirimId, String... properties) {
        return create("contact", "custom_fields.Kirim contact id", kirimId, values(properties));
    }

    String create(String type, String property, String key, Map<String, NativeValue> properties) {
        Outcome outcome = write(creating(type, property, key, properties));
        if (outcome instanceof Outcome.Done done) {
            return done.ref().id();
        }
        throw new IllegalStateException(outcome.toString());
    }

    static Write creating(String type, String property, String key, Map<String, NativeValue> properties) {
        return new Write(key, type, null, properties, new Write.ExternalId(property, key), null);
    }

    static Write creating(String kirimId, String... properties) {
        return creating("contact", "custom_fields.Kirim contact id", kirimId, values(properties));
    }

    Read find(String type, String property, String key) {
        return ((FindsCreated) adapter).find(type, new Write.ExternalId(property, key));
    }

    Read find(String kirimId) {
        return find("contact", "custom_fields.Kirim contact id", kirimId);
    }

    Read read(RecordRef ref) {
        return ((ReadsOne) adapter).read(ref);
    }

    Map<String, NativeValue> found(RecordRef ref) {
        return ((Read.Found) read(ref)).record().properties();
    }

    Map<String, NativeValue> found(String person) {
        return found(person(person));
    }

    /** A person as the stand-in holds it. */
    Map<String, Object> held(String kind, String id) {
        return admin.any("GET", "/" + kind + "/" + id, null);
    }

    List<ChangeEvent> walked(Adapter by, String type) {
        List<ChangeEvent> events = new ArrayList<>();
        String cursor = null;
        do {
            Page page = ((ListsAll) by).list(type, cursor);
            events.addAll(page.events());
            cursor = page.next();
        } while (cursor != null);
        return events;
    }

    /** What a poll tells from a cursor on, and where the next one begins. */
    record Polled(List<ChangeEvent> events, String next) {}

    Polled poll(String type, String cursor) {
        List<ChangeEvent> events = new ArrayList<>();
        Page page;
        String at = cursor;
        do {
            page = ((ListsChanges) adapter).changes(type, at);
            events.addAll(page.events());
            at = String.valueOf(page.next());
        } while (!page.events().isEmpty());
        return new Polled(events, at);
    }

    String cursorAt(String type, Instant time) {
        return ((ListsChanges) adapter).cursorAt(type, time);
    }

    static Map<String, NativeValue> values(String... properties) {
        Map<String, NativeValue> values = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            values.put(properties[i], value(properties[i + 1]));
        }
        return values;
    }

    static NativeValue value(@Nullable String text) {
        return text == null || text.isEmpty() ? NativeValue.EMPTY : NativeValue.text(text);
    }

    static NativeValue.Items list(String... members) {
        return new NativeValue.Items(
                List.of(members).stream().<NativeValue>map(NativeValue::text).toList());
    }

    static RecordRef person(String id) {
        return new RecordRef("crm", "contact", id);
    }

    static RecordRef deal(String id) {
        return new RecordRef("crm", "conversation", id);
    }

    @Override
    public void close() {
        hook.stop(0);
        adapter.close();
        sandbox.close();
    }
}
