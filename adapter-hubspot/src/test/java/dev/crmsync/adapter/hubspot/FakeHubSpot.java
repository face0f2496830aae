package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server whose answers each test gives, from the facts and nothing else; it records what it was asked. */
final class FakeHubSpot implements AutoCloseable {
    static final String TOKEN = "pat-test-0123456789";

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<QuotaReport> reports = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Function<Seen, Answer> answers = request -> Answer.of(500, "{}");

    /** One request, as it came. */
    record Seen(String method, String path, Map<String, String> query, String authorization, JsonNode body) {
        String line() {
            return method + " " + path;
        }
    }

    /** One answer; without a status the connection is cut. */
    record Answer(int status, String body, Map<String, String> headers) {
        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of());
        }

        static Answer of(int status, JsonNode body) {
            return of(status, body.toString());
        }

        static Answer cut() {
            return of(0, "");
        }

        Answer with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, body, more);
        }
    }

    FakeHubSpot() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    FakeHubSpot answering(Function<Seen, Answer> given) {
        answers = given;
        return this;
    }

    /** Answers in this order, the last one for ever. */
    FakeHubSpot inTurn(Answer... given) {
        return answering(request -> given[Math.min(seen.size(), given.length) - 1]);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    HubSpot definition() {
        return HubSpot.privateApp(TOKEN)
                .clientSecret(Vectors.SECRET)
                .appId("54321")
                .baseUrl(url());
    }

    HubSpotAdapter adapter() {
        return adapter(definition());
    }

    HubSpotAdapter adapter(HubSpot definition) {
        return (HubSpotAdapter) definition.provider().create(config(definition));
    }

    AdapterConfig config(HubSpot definition) {
        return new AdapterConfig(
                "crm",
                definition.settings(),
                definition.secrets(),
                SecretSink.refusing(),
                InstantSource.system(),
                reports::add);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI uri = exchange.getRequestURI();
            Map<String, String> query = new HashMap<>();
            if (uri.getRawQuery() != null) {
                for (String pair : uri.getRawQuery().split("&", -1)) {
                    String[] parts = pair.split("=", 2);
                    query.put(decode(parts[0]), decode(parts[1]));
                }
            }
            Seen request = new Seen(
                    exchange.getRequestMethod(),
                    uri.getRawPath(),
                    query,
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    body.length == 0
                            ? Json.object()
                            : Json.parse(Bytes.of(body)).orElseThrow());
            seen.add(request);
            Answer answer = answers.apply(request);
            if (answer.status() == 0) {
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    static RecordRef contact(String id) {
        return new RecordRef("crm", "contact", id);
    }

    static Write change(String key, String id, Map<String, NativeValue> properties) {
        return new Write(key, "contact", contact(id), properties, null, null);
    }

    static Write newContact(String key, String kirimId, Map<String, NativeValue> properties) {
        return new Write(key, "contact", null, properties, new Write.ExternalId("kirim_contact_id", kirimId), null);
    }

    static ObjectNode row(String id, String changed, String... properties) {
        ObjectNode row = Json.object().put("id", id).put("updatedAt", changed).put("archived", false);
        ObjectNode values = row.putObject("properties");
        values.put("lastmodifieddate", changed).put("hs_object_id", id);
        for (int i = 0; i < properties.length; i += 2) {
            values.put(properties[i], properties[i + 1]);
        }
        return row;
    }

    static ObjectNode results(JsonNode... rows) {
        ObjectNode body = Json.object();
        body.putArray("results").addAll(List.of(rows));
        return body;
    }

    static ObjectNode error(String category, String message) {
        return Json.object()
                .put("status", "error")
                .put("message", message)
                .put("correlationId", "1b5d-1")
                .put("category", category);
    }
}
