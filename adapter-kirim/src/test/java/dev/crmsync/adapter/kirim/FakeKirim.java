package dev.crmsync.adapter.kirim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.SecretSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server whose answers each test gives, for those that the sandbox has no dial for; it records what it was asked. */
final class FakeKirim implements AutoCloseable {
    static final String KEY = "kdv_live_0123456789abcdefghijklmn";

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<String> secrets = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private volatile List<Answer> answers = List.of();

    /** One request, as it came. */
    record Seen(String method, String target, String authorization, String idempotencyKey, String body) {}

    /** One answer. */
    record Answer(int status, String body, Map<String, String> headers) {
        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of("Content-Type", "application/json"));
        }

        static Answer error(int status, String code, String param) {
            return of(
                    status,
                    "{\"error\":{\"type\":\"x\",\"code\":\"" + code
                            + "\",\"message\":\"Budi +6281200000001 is wrong\",\"param\":" + param
                            + ",\"request_id\":\"req_1\"}}");
        }
    }

    FakeKirim() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    /** Answers in this order, the last one for ever. */
    KirimAdapter answering(Answer... given) {
        answers = List.of(given);
        return adapter(definition());
    }

    Kirim definition() {
        return Kirim.organisation(KEY)
                .phoneNumber("119800001")
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    KirimAdapter adapter(Kirim definition) {
        return KirimAdapter.of(config(definition, (system, name, secret) -> secrets.add(secret)));
    }

    static AdapterConfig config(Kirim definition, SecretSink sink) {
        return new AdapterConfig(
                "kirim", definition.settings(), definition.secrets(), sink, InstantSource.system(), report -> {});
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    body));
            Answer answer = answers.get(Math.min(seen.size(), answers.size()) - 1);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
