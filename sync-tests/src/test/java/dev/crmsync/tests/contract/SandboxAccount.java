package dev.crmsync.tests.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.TestAccount;
import dev.crmsync.testkit.adapter.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An account at a stand-in of the sandbox: its clock passes when asked, begun at the present because the HTTP server dates its answers
 * itself, and its webhooks arrive here.
 */
abstract class SandboxAccount
        implements TestAccount, Lever.Webhooks, Lever.Time, Lever.Troubles, Lever.Counts, Lever.Elsewhere {
    static final String SYSTEM = "crm";

    final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    final InstantSource now = () -> clock.updateAndGet(before -> before.plusMillis(1));
    final Sandbox sandbox = Sandbox.start(SandboxOptions.standard().withClock(now));
    final AdminClient admin;
    final List<String> kept = new CopyOnWriteArrayList<>();

    private final List<WebhookRequest> arrived = new CopyOnWriteArrayList<>();
    private final HttpServer hook;

    SandboxAccount() {
        admin = admin();
        try {
            hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hook.createContext("/", this::take);
        hook.start();
    }

    abstract AdminClient admin();

    /** How the system is defined, at an address. */
    abstract SystemDefinition definition(URI base);

    /** The stand-in's address. */
    abstract URI base();

    /** A kind of calls, for faults: a method and a part of a path. */
    record Calls(String method, String path) {}

    abstract List<Calls> writes();

    abstract List<Calls> reads();

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new HashMap<>(exchange.getRequestHeaders());
            Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
            String uri = target().resolve(exchange.getRequestURI()).toString();
            arrived.add(new WebhookRequest(exchange.getRequestMethod(), uri, headers, body));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    final URI target() {
        return URI.create("http://127.0.0.1:" + hook.getAddress().getPort() + "/webhooks/crm");
    }

    @Override
    public final Adapter adapter() {
        return adapterAt(base());
    }

    @Override
    public final Adapter adapterAt(URI base) {
        SystemDefinition definition = definition(base);
        return definition
                .provider()
                .create(new AdapterConfig(
                        SYSTEM,
                        definition.settings(),
                        definition.secrets(),
                        (system, name, secret) -> kept.add(0, secret),
                        now,
                        report -> {}));
    }

    final RecordRef ref(Object id) {
        return new RecordRef(SYSTEM, specimen().type(), String.valueOf(id));
    }

    /** The answer of an edit at the admin endpoint of records that are no contacts. */
    final Map<?, ?> edited(String path, Map<String, ?> edit) {
        List<?> results = (List<?>) admin.any("POST", path, edit).get("results");
        Map<?, ?> result = (Map<?, ?>) results.get(0);
        if (result.containsKey("error")) {
            throw new IllegalStateException(String.valueOf(result.get("error")));
        }
        return result;
    }

    @Override
    public final List<WebhookRequest> delivered() {
        admin.flush(true);
        return List.copyOf(arrived);
    }

    /** What the vendor has sent while the account was opened is no part of an experiment. */
    final void forgetDelivered() {
        arrived.clear();
    }

    @Override
    public final Instant now() {
        return now.instant();
    }

    @Override
    public final void pass(Duration time) {
        clock.updateAndGet(before -> before.plus(time));
    }

    @Override
    public final void arrange(Trouble trouble, boolean writes, int calls) {
        Map<String, Object> fault = new HashMap<>();
        if (trouble == Trouble.RATE_LIMITED_WITH_DELAY) {
            fault.put("retryAfter", (int) Trouble.RETRY_AFTER.toSeconds());
        }
        String kind = switch (trouble) {
            case RATE_LIMITED, RATE_LIMITED_WITH_DELAY -> "rate_limited";
            case SERVER_ERROR -> "server_error";
            case RESET -> "reset";
            case HTML -> "html";
            case LOST_ANSWER -> "lost_answer";
            case UNAUTHORIZED -> "unauthorized";
        };
        for (Calls kinds : writes ? writes() : reads()) {
            fault.put("method", kinds.method());
            fault.put("path", kinds.path());
            admin.fault(kind, calls, fault);
        }
    }

    @Override
    public final void mend() {
        admin.any("DELETE", "/faults", null);
    }

    @Override
    public void close() {
        hook.stop(0);
        sandbox.close();
    }
}
