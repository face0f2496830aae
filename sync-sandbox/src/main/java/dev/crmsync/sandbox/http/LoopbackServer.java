package dev.crmsync.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A JDK HTTP server on 127.0.0.1 that turns exchanges into {@link Request} and {@link Reply}. */
public final class LoopbackServer implements AutoCloseable {
    private static final int THREADS = 64;

    static {
        // Read once by the JDK's server; without it each kept connection crawls at 23 requests a second.
        defaultProperty("sun.net.httpserver.nodelay", "true");
        defaultProperty("sun.net.httpserver.idleInterval", "600");
        defaultProperty("sun.net.httpserver.maxIdleConnections", "1000");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    /** Binds the port, 0 for any free one; nothing is served before {@link #start}. */
    public LoopbackServer(String name, int port, Function<Request, Reply> handler) throws IOException {
        this.server = bind(port);
        this.threads = Executors.newFixedThreadPool(THREADS, daemons(name));
        server.setExecutor(threads);
        server.createContext("/", exchange -> exchange(exchange, handler));
    }

    private static HttpServer bind(int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try {
            return HttpServer.create(new InetSocketAddress(loopback, port), 512);
        } catch (BindException e) {
            throw new IOException("port " + port + " is taken", e);
        }
    }

    /** Begins to serve. */
    public void start() {
        server.start();
    }

    /** The origin, for example {@code http://127.0.0.1:40123}. */
    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Names threads after what they serve and lets the process end without them. */
    public static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void defaultProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    private static void exchange(HttpExchange exchange, Function<Request, Reply> handler) throws IOException {
        try (exchange) {
            Reply reply = handler.apply(read(exchange));
            if (reply.fate() == Reply.Fate.DROPPED) {
                return;
            }
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            boolean bodiless =
                    reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
            if (!bodiless) {
                write(exchange, reply);
            }
        }
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.fate() == Reply.Fate.CUT) {
            OutputStream out = exchange.getResponseBody();
            out.write(reply.body(), 0, reply.body().length / 2);
            out.flush();
            return;
        }
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(reply.body());
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return new Request(
                exchange.getRequestMethod().toUpperCase(Locale.ROOT),
                exchange.getRequestURI().getRawPath(),
                Request.parseQuery(exchange.getRequestURI().getRawQuery()),
                headers,
                exchange.getRequestBody().readAllBytes());
    }
}
