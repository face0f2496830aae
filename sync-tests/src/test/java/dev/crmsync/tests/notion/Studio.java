package dev.crmsync.tests.notion;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.adapter.notion.Notion;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.notion.NotionPeople;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
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
 * A sandbox's Notion with a database of tickets beside the contacts, an adapter for both, and a place where webhooks arrive. All share
 * a clock that a test lets pass, begun at the present because the HTTP server dates its answers itself.
 */
final class Studio implements AutoCloseable {
    static final String KEY = "properties.Kirim contact id";
    static final String TICKET_KEY = "properties.Kirim conversation id";

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    final InstantSource clock = () -> now.updateAndGet(before -> before.plusMillis(1));
    final Sandbox sandbox = Sandbox.start(SandboxOptions.standard().withClock(clock));
    final AdminClient admin = sandbox.notion().adminClient();
    final NotionPeople people = sandbox.notion().people();
    final String contacts = sandbox.notion().dataSourceId();
    final String tickets = people.makeDatabase("Tickets", Map.of("Name", "title"));
    final List<String> tokens = new CopyOnWriteArrayList<>();
    final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    final List<WebhookRequest> requests = new CopyOnWriteArrayList<>();
    final List<QuotaReport> reports = new CopyOnWriteArrayList<>();
    final Adapter adapter;

    /** What the host answers to webhooks. */
    volatile int status = 200;

    private final HttpServer hook;

    Studio() {
        this(definition -> definition);
    }

    Studio(UnaryOperator<Notion> more) {
        try {
            hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A test asks as fast as it can, and its clock hardly moves meanwhile.
        admin.turn("limits.per_minute", 100_000);
        adapter = adapter(more.apply(definition()));
        hook.createContext("/", this::receive);
        hook.start();
    }

    Notion definition() {
        return Notion.connection(sandbox.notion().token())
                .baseUrl(URI.create(sandbox.notion().url()))
                .contacts(contacts)
                .tickets(tickets)
                .bot(sandbox.notion().botId())
                .webhookToken(() -> List.copyOf(tokens))
                .metadata("crm_segment", "Segment");
    }

    Adapter adapter(Notion definition) {
        return definition
                .provider()
                .create(new AdapterConfig(
                        "crm",
                        definition.settings(),
                        definition.secrets(),
                        (system, name, secret) -> tokens.add(0, secret),
                        clock,
                        reports::add));
    }

    Studio setUp() {
        setUp(false);
        return this;
    }

    List<SetupStep> setUp(boolean dryRun) {
        return ((SetsUp) adapter).setUp(adapter.defaultMappings(), dryRun);
    }

    URI target() {
        return URI.create("http://127.0.0.1:" + hook.getAddress().getPort() + "/webhooks/crm");
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            WebhookRequest request = new WebhookRequest(
                    exchange.getRequestMethod(),
                    target().toString(),
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

    /** A person subscribes, and pastes back the token that the host was given; the subscription's id. */
    String subscribe() {
        String id = people.subscribe(target().toString());
        admin.flush(true);
        people.verify(id, tokens.get(0));
        receipts.clear();
        requests.clear();
        return id;
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

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    Outcome write(Write write) {
        return ((WritesOne) adapter).write(write);
    }

    Outcome change(RecordRef ref, Map<String, NativeValue> properties) {
        return write(new Write("k", ref.type(), ref, properties, null, null));
    }

    Outcome change(RecordRef ref, String... properties) {
        return change(ref, values(properties));
    }

    Outcome archive(RecordRef ref) {
        return ((Archives) adapter).archive(ref);
    }

    /** Makes a contact as the engine would. */
    RecordRef create(String kirimId, String... properties) {
        return create("contact", KEY, kirimId, values(properties));
    }

    RecordRef create(String type, String property, String key, Map<String, NativeValue> properties) {
        return ((Outcome.Done) write(creating(type, property, key, properties))).ref();
    }

    static Write creating(String type, String property, String key, Map<String, NativeValue> properties) {
        return new Write(key, type, null, properties, new Write.ExternalId(property, key), null);
    }

    static Write creating(String kirimId, String... properties) {
        return creating("contact", KEY, kirimId, values(properties));
    }

    Read find(String type, String property, String key, Map<String, NativeValue> sent) {
        return ((FindsCreated) adapter).find(type, new Write.ExternalId(property, key), sent);
    }

    Read find(String kirimId) {
        return find("contact", KEY, kirimId, Map.of());
    }

    Read read(RecordRef ref) {
        return ((ReadsOne) adapter).read(ref);
    }

    Map<String, NativeValue> found(RecordRef ref) {
        return ((Read.Found) read(ref)).record().properties();
    }

    List<ChangeEvent> walked(String type) {
        List<ChangeEvent> events = new ArrayList<>();
        pages(type).forEach(page -> events.addAll(page.events()));
        return events;
    }

    List<Page> pages(String type) {
        List<Page> pages = new ArrayList<>();
        String cursor = null;
        do {
            Page page = ((ListsAll) adapter).list(type, cursor);
            pages.add(page);
            cursor = page.next();
        } while (cursor != null);
        return pages;
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
            String name = properties[i].startsWith("@") ? properties[i] : "properties." + properties[i];
            values.put(name, value(properties[i + 1]));
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

    static RecordRef contact(String id) {
        return new RecordRef("crm", "contact", id);
    }

    static RecordRef ticket(String id) {
        return new RecordRef("crm", "conversation", id);
    }

    @Override
    public void close() {
        hook.stop(0);
        adapter.close();
        sandbox.close();
    }
}
