package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.QuotaReport;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server whose answers each test gives, from the facts and nothing else; it records what it was asked. */
final class FakePipedrive implements AutoCloseable {
    static final String TOKEN = "0123456789abcdef0123456789abcdef01234567";
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<QuotaReport> reports = new CopyOnWriteArrayList<>();
    final Map<String, String> stored = new TreeMap<>();
    volatile Instant now = NOW;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Function<Seen, Answer> answers = request -> Answer.of(500, "{}");

    /** One request, as it came. */
    record Seen(String method, String path, Map<String, String> query, Map<String, String> headers, JsonNode body) {
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

        /** What the firewall shows to those who pass over limits. */
        static Answer firewall() {
            return of(403, "<!DOCTYPE html><html><title>Attention Required! | Cloudflare</title></html>")
                    .with("Content-Type", "text/html; charset=UTF-8");
        }

        Answer with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, body, more);
        }
    }

    FakePipedrive() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    FakePipedrive answering(Function<Seen, Answer> given) {
        answers = given;
        return this;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Pipedrive definition() {
        return Pipedrive.company(TOKEN).webhooks("hook", "p4ss").baseUrl(url());
    }

    PipedriveAdapter adapter() {
        return adapter(definition());
    }

    PipedriveAdapter adapter(Pipedrive definition) {
        return (PipedriveAdapter) definition.provider().create(config(definition));
    }

    AdapterConfig config(Pipedrive definition) {
        return new AdapterConfig(
                "crm",
                definition.settings(),
                definition.secrets(),
                (system, name, secret) -> stored.put(name, secret),
                () -> now,
                reports::add);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI uri = exchange.getRequestURI();
            Map<String, String> query = new TreeMap<>();
            if (uri.getRawQuery() != null) {
                for (String pair : uri.getRawQuery().split("&", -1)) {
                    String[] parts = pair.split("=", 2);
                    query.put(decode(parts[0]), decode(parts[1]));
                }
            }
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            Seen request = new Seen(
                    exchange.getRequestMethod(),
                    uri.getRawPath(),
                    query,
                    headers,
                    body.length == 0
                            ? Json.object()
                            : Json.parse(Bytes.of(body)).orElseThrow());
            seen.add(request);
            Answer answer = answers.apply(request);
            if (answer.status() == 0) {
                return;
            }
            exchange.getResponseHeaders()
                    .set("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** What was asked of one path, by any method. */
    List<Seen> asked(String line) {
        return seen.stream().filter(request -> request.line().equals(line)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    static RecordRef contact(String id) {
        return new RecordRef("crm", "contact", id);
    }

    static RecordRef ticket(String id) {
        return new RecordRef("crm", "conversation", id);
    }

    static Write change(RecordRef ref, Map<String, NativeValue> properties) {
        return new Write("w", ref.type(), ref, properties, null, null);
    }

    static Write create(String type, String property, String key, Map<String, NativeValue> properties) {
        return new Write("w", type, null, properties, new Write.ExternalId(property, key), null);
    }

    static Write newContact(String kirimId, Map<String, NativeValue> properties) {
        return create("contact", "custom_fields.Kirim contact id", kirimId, properties);
    }

    static NativeValue text(String text) {
        return NativeValue.text(text);
    }

    static NativeValue items(String... texts) {
        return new NativeValue.Items(
                List.of(texts).stream().map(NativeValue::text).toList());
    }

    static ObjectNode data(JsonNode data) {
        ObjectNode body = Json.object().put("success", true);
        body.set("data", data);
        return body;
    }

    static ObjectNode list(JsonNode... rows) {
        return data(Json.array().addAll(List.of(rows)));
    }

    static ObjectNode error(String message) {
        ObjectNode body = Json.object()
                .put("success", false)
                .put("error", message)
                .put("error_info", "Please check developers.pipedrive.com");
        body.putNull("data");
        body.putNull("additional_data");
        return body;
    }
}
