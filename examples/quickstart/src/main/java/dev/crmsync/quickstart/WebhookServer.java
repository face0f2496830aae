package dev.crmsync.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The host's web server, on the loopback address: it hands each request on as it came, and sends the answer back. */
final class WebhookServer implements AutoCloseable {
    /** A larger body is cut here; the engine refuses it by its size. */
    private static final int MOST = 2 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    /** What takes the requests. */
    interface Receiver {
        Answer receive(String system, String method, String uri, Map<String, List<String>> headers, byte[] body);
    }

    /** What is sent back. */
    record Answer(int status, String body) {}

    /** Takes a port, where requests wait until somebody receives them. */
    WebhookServer(int port) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = listen(port);
        server.setExecutor(threads);
    }

    void start(Receiver receiver) {
        server.createContext("/webhooks/", exchange -> answer(exchange, receiver));
        server.start();
    }

    /** Listens on a port, or on a free one when it is 0 or somebody else's. */
    private static HttpServer listen(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException taken) {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }
    }

    private void answer(HttpExchange exchange, Receiver receiver) throws IOException {
        try (exchange) {
            // What follows the system's name may be a secret between the vendor and its adapter.
            String system = exchange.getRequestURI().getPath().split("/", 4)[2];
            String uri = target(system).resolve(exchange.getRequestURI()).toString();
            byte[] body = exchange.getRequestBody().readNBytes(MOST);
            Answer answer =
                    receiver.receive(system, exchange.getRequestMethod(), uri, exchange.getRequestHeaders(), body);
            byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        }
    }

    /** Where a system sends its webhooks. */
    URI target(String system) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/" + system);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
