package dev.crmsync.tests.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.http.Json;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.model.Bytes;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sandbox's HubSpot with an adapter that is set up for it, and a place where its webhooks arrive. */
final class Portal implements AutoCloseable {
    final Sandbox sandbox = Sandbox.start(SandboxOptions.standard());
    final Adapter adapter;
    final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    final List<QuotaReport> reports = new CopyOnWriteArrayList<>();

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer hook;

    Portal() {
        try {
            hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        adapter = adapter(HubSpot.privateApp(sandbox.hubSpot().token())
                .clientSecret(sandbox.hubSpot().clientSecret())
                .appId(sandbox.hubSpot().appId())
                .baseUrl(URI.create(sandbox.hubSpot().url()))
                .overlap(Duration.ofSeconds(30)));
        hook.createContext("/", this::receive);
        hook.start();
    }

    Adapter adapter(HubSpot definition) {
        return definition
                .provider()
                .create(new AdapterConfig(
                        "crm",
                        definition.settings(),
                        definition.secrets(),
                        SecretSink.refusing(),
                        InstantSource.system(),
                        reports::add));
    }

    Portal setUp() {
        ((SetsUp) adapter).setUp(adapter.defaultMappings(), false);
        return this;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new HashMap<>(exchange.getRequestHeaders());
            receipts.add(((ReceivesWebhooks) adapter)
                    .receive(new WebhookRequest(
                            exchange.getRequestMethod(),
                            target() + exchange.getRequestURI().toString().substring(1),
                            headers,
                            Bytes.of(exchange.getRequestBody().readAllBytes()))));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    String target() {
        return "http://127.0.0.1:" + hook.getAddress().getPort() + "/";
    }

    /** Everything that was accepted, in the order of arrival. */
    List<Receipt.Keyed> accepted() {
        return receipts.stream()
                .filter(Receipt.Accepted.class::isInstance)
                .flatMap(receipt -> ((Receipt.Accepted) receipt).events().stream())
                .toList();
    }

    void subscribe(String path, String family, String... properties) {
        ObjectNode body = Json.object().put("targetUrl", target() + path);
        for (String action : List.of("creation", "deletion", "merge", "restore")) {
            body.withArrayProperty("subscriptions").addObject().put("subscriptionType", family + "." + action);
        }
        body.withArrayProperty("subscriptions").addObject().put("subscriptionType", "contact.privacyDeletion");
        for (String property : properties) {
            body.withArrayProperty("subscriptions")
                    .addObject()
                    .put("subscriptionType", family + ".propertyChange")
                    .put("propertyName", property);
        }
        admin("PUT", "/webhooks", body);
    }

    void flush() {
        admin("POST", "/flush", Json.object());
    }

    void dial(String name, Object value) {
        ObjectNode body = Json.object();
        body.putObject("dials").putPOJO(name, value);
        admin("PATCH", "/dials", body);
    }

    void fault(String kind, String path, int count) {
        admin(
                "POST",
                "/faults",
                Json.object().put("kind", kind).put("path", path).put("count", count));
    }

    void mend() {
        admin("DELETE", "/faults", Json.object());
    }

    JsonNode edit(String op, String id) {
        return admin("POST", "/edits", Json.object().put("op", op).put("id", id));
    }

    JsonNode admin(String method, String path, JsonNode body) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(sandbox.hubSpot().admin() + path))
                            .header("Content-Type", "application/json")
                            .method(
                                    method,
                                    method.equals("GET")
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofString(body.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode() + " " + answer.body());
            }
            return Json.parse(Bytes.utf8(answer.body())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String create(String kirimId, String... properties) {
        Outcome outcome = ((WritesOne) adapter).write(creating(kirimId, kirimId, properties));
        if (outcome instanceof Outcome.Done done) {
            return done.ref().id();
        }
        throw new IllegalStateException(outcome.toString());
    }

    static Write creating(String key, String kirimId, String... properties) {
        return new Write(
                key, "contact", null, values(properties), new Write.ExternalId("kirim_contact_id", kirimId), null);
    }

    static Write changing(String key, String id, String... properties) {
        return new Write(key, "contact", contact(id), values(properties), null, null);
    }

    static Map<String, NativeValue> values(String... properties) {
        Map<String, NativeValue> values = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            String value = properties[i + 1];
            values.put(properties[i], value.isEmpty() ? NativeValue.EMPTY : NativeValue.text(value));
        }
        return values;
    }

    static RecordRef contact(String id) {
        return new RecordRef("crm", "contact", id);
    }

    @Override
    public void close() {
        hook.stop(0);
        adapter.close();
        sandbox.close();
    }
}
