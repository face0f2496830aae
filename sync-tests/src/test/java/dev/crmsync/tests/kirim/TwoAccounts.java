package dev.crmsync.tests.kirim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.memory.MemoryStore;
import dev.crmsync.policy.Policies;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A Kirim organisation and a HubSpot portal in the sandbox, kept in step over HTTP by the guide's policy. The engine and
 * the sandbox share a clock that a test lets pass, begun at the present because the HTTP server dates its answers itself;
 * the engine is stepped by the test's own thread.
 */
final class TwoAccounts implements AutoCloseable {
    private static final String SYNC = "acme";

    final AdminClient kirim;
    final AdminClient crm;
    final SyncEngine engine;
    final List<Integer> answers = new CopyOnWriteArrayList<>();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private final Sandbox sandbox;
    private final HttpServer host;

    TwoAccounts() {
        this(Policies.guide());
    }

    TwoAccounts(Policies.Guide guide) {
        // Each look moves it on, so that no two changes fall into one millisecond.
        InstantSource clock = () -> now.updateAndGet(before -> before.plusMillis(1));
        sandbox = Sandbox.start(SandboxOptions.standard().withClock(clock));
        kirim = sandbox.kirim().adminClient();
        crm = sandbox.hubSpot().adminClient();
        host = host();
        engine = SyncEngine.builder()
                .store(new MemoryStore())
                .clock(clock)
                .jitter(() -> 0.5)
                .sleeper(this::pass)
                .sync(Sync.named(SYNC)
                        .system(
                                "kirim",
                                Kirim.organisation(sandbox.kirim().token())
                                        .baseUrl(sandbox.kirim().url())
                                        .phoneNumber(sandbox.kirim().phoneId())
                                        .messages(true)
                                        .webhookSecret(() -> List.copyOf(secrets)))
                        .system(
                                "crm",
                                HubSpot.privateApp(sandbox.hubSpot().token())
                                        .baseUrl(URI.create(sandbox.hubSpot().url()))
                                        .clientSecret(sandbox.hubSpot().clientSecret())
                                        .appId(sandbox.hubSpot().appId())
                                        .metadata("crm_segment", "crm_segment"))
                        .pollEvery("crm", Duration.ZERO)
                        .secretSink((system, name, secret) -> secrets.add(0, secret))
                        .policy(guide.kirim("kirim").primaryCrm("crm")))
                .stepping();
        engine.accounts(SYNC).setUp(false);
        engine.accounts(SYNC).subscribe("kirim", URI.create(target("kirim")));
        crm.any("PUT", "/webhooks", Map.of("targetUrl", target("crm"), "subscriptions", subscriptions()));
    }

    private static List<Map<String, String>> subscriptions() {
        Stream<Map<String, String>> contacts = Stream.of(
                        "firstname", "lastname", "email", "phone", "crm_segment", "whatsapp_labels")
                .map(property -> Map.of("subscriptionType", "contact.propertyChange", "propertyName", property));
        Stream<Map<String, String>> tickets = Stream.of(
                        "subject", "hs_pipeline_stage", "hubspot_owner_id", "closed_date")
                .map(property -> Map.of("subscriptionType", "ticket.propertyChange", "propertyName", property));
        Stream<Map<String, String>> others = Stream.of(
                        "contact.creation",
                        "contact.deletion",
                        "contact.merge",
                        "ticket.creation",
                        "ticket.deletion",
                        "ticket.associationChange")
                .map(type -> Map.of("subscriptionType", type));
        return Stream.of(contacts, tickets, others).flatMap(all -> all).toList();
    }

    /** Another subscription to the same address, as a person or an earlier release may have left it. */
    void subscribeByHand(String description) {
        String body = "{\"url\":\"" + target("kirim") + "\",\"description\":\"" + description
                + "\",\"events\":[\"contact.created\",\"contact.updated\"]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.kirim().url() + "/webhook_subscriptions"))
                .header("Authorization", "Bearer " + sandbox.kirim().token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            String answer = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher secret = Pattern.compile("\"initial_secret\":\"([^\"]+)\"").matcher(answer);
            if (!secret.find()) {
                throw new AssertionError(answer);
            }
            secrets.add(secret.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What Kirim would sign a body with at a moment. */
    String signature(String body, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secrets.get(0).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal((at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String target(String system) {
        return "http://127.0.0.1:" + host.getAddress().getPort() + "/" + system;
    }

    private HttpServer host() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::take);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
            Map<String, List<String>> headers = new HashMap<>(exchange.getRequestHeaders());
            String system = exchange.getRequestURI().getPath().substring(1);
            WebhookRequest request = new WebhookRequest(exchange.getRequestMethod(), target(system), headers, body);
            int status = engine.receive(SYNC, system, request).status();
            answers.add(status);
            exchange.sendResponseHeaders(status, -1);
        }
    }

    Instant now() {
        return now.get();
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** Lets webhooks arrive, and time pass through gathering and pacing, until nothing is due. */
    void settle() {
        for (int round = 0; round < 6; round++) {
            kirim.flush(false);
            crm.flush(false);
            engine.drain();
            pass(Duration.ofSeconds(5));
        }
    }

    boolean drained() {
        return engine.status(SYNC).drained();
    }

    /** How many calls have made or changed contacts in HubSpot. */
    long crmWrites() {
        return crm.requests("POST /crm/v3/objects/contacts/batch/upsert")
                + crm.requests("POST /crm/v3/objects/contacts/batch/update")
                + crm.requests("PATCH /crm/v3/objects/contacts/{id}")
                + crm.requests("POST /crm/v3/objects/contacts");
    }

    Map<String, Object> inKirim(String id) {
        return kirim.dump().stream()
                .filter(contact -> id.equals(contact.get("id")))
                .findFirst()
                .orElseThrow();
    }

    /** The only contact of the portal. */
    Map<String, Object> inCrm() {
        List<Map<String, Object>> all = crm.dump();
        if (all.size() != 1) {
            throw new AssertionError("the portal holds " + all.size() + " contacts");
        }
        return all.get(0);
    }

    RecordRef ref(String id) {
        return new RecordRef("kirim", "contact", id);
    }

    @Override
    public void close() {
        engine.close();
        host.stop(0);
        sandbox.close();
    }
}
