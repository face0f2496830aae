package dev.crmsync.tests.histories;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.testkit.store.CrashingStore;
import dev.crmsync.testkit.store.SimulatedCrash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The backend that embeds the engine: a web server, and one life of the engine after the other on the same database. A life
 * may be doomed: it ends before or after a write to its store that the dice chose, and nothing of it touches the store again.
 * While nobody lives, webhooks are answered 503. The engine is stepped by the history's own thread.
 */
final class Host implements AutoCloseable {
    final String sync;

    private final Sandbox sandbox;
    private final List<CrmSide> sides;
    private final Time time;
    private final Random dice;
    private final Consumer<String> log;
    private final boolean polls;
    private final HttpServer server;
    private final Map<String, List<String>> secrets = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private boolean mortal;
    private int lives;
    private CrashingStore store = CrashingStore.never(Database.open());
    private volatile @Nullable SyncEngine engine;

    Host(
            String sync,
            Sandbox sandbox,
            List<CrmSide> sides,
            Time time,
            Random dice,
            boolean polls,
            Consumer<String> log) {
        this.sync = sync;
        this.sandbox = sandbox;
        this.sides = sides;
        this.time = time;
        this.dice = dice;
        this.polls = polls;
        this.log = log;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::take);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open();
    }

    private void open() {
        lives++;
        CrashingStore.Moment moment = dice.nextBoolean() ? CrashingStore.Moment.BEFORE : CrashingStore.Moment.AFTER;
        int fatal = 1 + dice.nextInt(dice.nextInt(3) == 0 ? 15 : 300);
        store = mortal && dice.nextInt(3) > 0
                ? CrashingStore.at(Database.open(), fatal, moment)
                : CrashingStore.never(Database.open());
        Sync definition = Sync.named(sync)
                .system(
                        "kirim",
                        Kirim.organisation(sandbox.kirim().token())
                                .baseUrl(sandbox.kirim().url())
                                .phoneNumber(sandbox.kirim().phoneId())
                                .writesPerMinute(6_000)
                                .readsPerMinute(60_000)
                                .messages(true)
                                .webhookSecret(() -> secrets("kirim")))
                .secretSink(
                        (system, name, secret) -> secrets.computeIfAbsent(system, its -> new CopyOnWriteArrayList<>())
                                .add(0, secret))
                .defaultRegion("ID")
                .policy(policy());
        for (CrmSide side : sides) {
            String word = side.word();
            definition = definition.system(word, side.system(target(word), () -> secrets(word)));
            definition = polls ? definition : definition.pollEvery(word, Duration.ZERO);
        }
        engine = SyncEngine.builder()
                .store(store)
                .clock(time)
                .ids(() -> sync + "-" + ids.incrementAndGet())
                .jitter(() -> 0.5)
                .sleeper(time::pass)
                .sync(definition)
                .stepping();
    }

    private Policy policy() {
        Policies.Guide guide = Policies.guide().kirim("kirim").kirimOwnsMetadata("source");
        for (CrmSide other : sides.subList(1, sides.size())) {
            guide = guide.alsoCrm(other.word());
        }
        return guide.primaryCrm(sides.get(0).word());
    }

    /** From now on each life may be doomed, or none. */
    void mortal(boolean doomed) {
        mortal = doomed;
        restart();
    }

    /** Ends this life in order, as a deployment does, and begins another. */
    void restart() {
        try {
            engine().close();
        } catch (SimulatedCrash dead) {
            log.accept("  it died while it was being stopped");
        }
        open();
    }

    /** The engine that lives. */
    SyncEngine engine() {
        return Objects.requireNonNull(engine);
    }

    /**
     * Lets the engine do something, and when it dies over it, begins its next life after a while.
     *
     * @return whether it lived to the end of it
     */
    boolean work(Consumer<SyncEngine> what) {
        try {
            what.accept(engine());
            return true;
        } catch (SimulatedCrash | CompletionException broken) {
            // What died in a thread of its own is handed on by the one that waited for it.
            if (!store.crashed()) {
                throw broken;
            }
            engine = null;
            Duration down = Duration.ofSeconds(dice.nextInt(4) == 0 ? 1_800 : 20);
            log.accept("  life " + lives + " ends: " + broken.getMessage() + "; down for " + down);
            time.pass(down);
            open();
            return false;
        }
    }

    private List<String> secrets(String system) {
        return List.copyOf(secrets.getOrDefault(system, List.of()));
    }

    String target(String system) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + system;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
            Map<String, List<String>> headers = new HashMap<>(exchange.getRequestHeaders());
            // What follows the system's name may be a secret between the vendor and its adapter.
            String system = exchange.getRequestURI().getPath().split("/", 3)[1];
            String uri =
                    URI.create(target(system)).resolve(exchange.getRequestURI()).toString();
            WebhookRequest request = new WebhookRequest(exchange.getRequestMethod(), uri, headers, body);
            exchange.sendResponseHeaders(answer(system, request), -1);
        }
    }

    private int answer(String system, WebhookRequest request) {
        SyncEngine present = engine;
        if (present == null) {
            return 503;
        }
        try {
            return present.receive(sync, system, request).status();
        } catch (SimulatedCrash dead) {
            return 503;
        }
    }

    @Override
    public void close() {
        SyncEngine last = engine;
        engine = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (SimulatedCrash dead) {
            log.accept("  it died while it was being stopped");
        } finally {
            server.stop(0);
        }
    }
}
