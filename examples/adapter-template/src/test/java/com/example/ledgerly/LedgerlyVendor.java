package com.example.ledgerly;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Ledgerly's API over HTTP on this machine. It is written as the vendor and shares no code with the adapter, so that each
 * checks the other: a word that both had from one place would never be found to be wrong.
 */
final class LedgerlyVendor implements AutoCloseable {
    static final String TOKEN = "lgr_token-5f1e9c";
    static final String APP = "app_sync";

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST = 100;

    final VendorBooks books = new VendorBooks();
    final VendorTroubles troubles = new VendorTroubles();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    LedgerlyVendor() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1", this::meet);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    private void meet(HttpExchange exchange) throws IOException {
        // Closing without an answer closes the connection: that is how an answer gets lost.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (troubles.meets(exchange)) {
                return;
            }
            int status = 200;
            ObjectNode answer;
            try {
                answer = answer(exchange, body);
            } catch (Refused refused) {
                status = refused.status;
                answer = error(refused, exchange.getRequestURI().getPath());
            }
            if (!troubles.losesAnswer(exchange)) {
                send(exchange, status, "application/json", answer.toString());
            }
        }
    }

    static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private ObjectNode error(Refused refused, String path) {
        ObjectNode error = NODES.objectNode();
        ObjectNode about = error.putObject("error").put("code", refused.code);
        if (!refused.field.isEmpty()) {
            about.put("field", refused.field);
        }
        if (refused.status == 410) {
            VendorContact contact = books.known(last(path));
            error.put("archived_at", String.valueOf(contact.archived)).put("merged_into", contact.mergedInto);
        }
        return error;
    }

    private ObjectNode answer(HttpExchange exchange, byte[] body) {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw new Refused(401, "unauthorized", "");
        }
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String call = exchange.getRequestMethod() + " " + path.replaceFirst("/p_[0-9]+$", "/{id}");
        return switch (call) {
            case "GET /v1/contacts" -> list(query.get("after"));
            case "GET /v1/contacts/search" -> page(books.search(query.getOrDefault("external_id", "")));
            case "GET /v1/contacts/{id}" -> books.there(last(path)).shown();
            case "POST /v1/contacts" -> books.create(object(body), APP).shown();
            case "PATCH /v1/contacts/{id}" ->
                books.change(last(path), object(body), APP).shown();
            case "DELETE /v1/contacts/{id}" -> {
                books.archive(last(path), APP);
                yield NODES.objectNode().put("id", last(path));
            }
            case "GET /v1/changes" -> changes(query);
            default -> throw new Refused(404, "not_found", "");
        };
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static ObjectNode object(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException malformed) {
            // Told below.
        }
        throw new Refused(400, "bad_request", "");
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private ObjectNode list(@Nullable String after) {
        if (after != null && !after.matches("p_[0-9]{7}")) {
            throw new Refused(400, "bad_cursor", "after");
        }
        return page(books.after(after));
    }

    private static ObjectNode page(List<VendorContact> rows) {
        ObjectNode page = NODES.objectNode();
        ArrayNode data = page.putArray("data");
        rows.stream().limit(MOST).forEach(one -> data.add(one.shown()));
        return page.put("next", rows.size() > MOST ? rows.get(MOST - 1).id : null);
    }

    private ObjectNode changes(Map<String, String> query) {
        List<VendorContact> rows = changed(query);
        ObjectNode page = NODES.objectNode();
        ArrayNode data = page.putArray("data");
        rows.stream().limit(MOST).forEach(one -> data.add(change(one)));
        if (rows.isEmpty()) {
            return page.putNull("last");
        }
        return page.put("last", rows.get(Math.min(MOST, rows.size()) - 1).sequence);
    }

    private List<VendorContact> changed(Map<String, String> query) {
        try {
            String after = query.get("after");
            return after == null
                    ? books.changedSince(Instant.parse(query.getOrDefault("since", "")))
                    : books.changedAfter(Long.parseLong(after));
        } catch (DateTimeException | NumberFormatException malformed) {
            throw new Refused(400, "bad_cursor", "");
        }
    }

    private static ObjectNode change(VendorContact contact) {
        ObjectNode row = NODES.objectNode();
        if (contact.archived == null) {
            row.put("change", "upsert").set("contact", contact.shown());
            return row;
        }
        return row.put("change", "archived")
                .put("id", contact.id)
                .put("at", contact.updated.toString())
                .put("merged_into", contact.mergedInto);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
