package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

/**
 * A server whose answers each test gives, from the facts and nothing else; it records what it was asked. Its answers are dated by the
 * test's clock, which the JDK's own server would not do. Each connection bears one request.
 */
final class FakeNotion implements AutoCloseable {
    static final String TOKEN = "ntn_0123456789abcdef";
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<QuotaReport> reports = new CopyOnWriteArrayList<>();
    final Map<String, String> stored = new TreeMap<>();
    volatile Instant now = NOW;
    volatile List<String> tokens = List.of();

    private final ServerSocket door;
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

        /** What the edge before Notion shows. */
        static Answer edge() {
            return of(403, "<!DOCTYPE html><html><title>Attention Required!</title></html>")
                    .with("Content-Type", "text/html; charset=UTF-8")
                    .with("cf-ray", "8c1");
        }

        Answer with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, body, more);
        }
    }

    FakeNotion() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> {
            try {
                while (true) {
                    Socket connection = door.accept();
                    threads.execute(() -> serve(connection));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }

    FakeNotion answering(Function<Seen, Answer> given) {
        answers = given;
        return this;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    Notion definition() {
        return Notion.connection(TOKEN)
                .contacts(Workspace.CONTACTS)
                .tickets(Workspace.TICKETS)
                .webhookToken(() -> tokens)
                .baseUrl(url());
    }

    NotionAdapter adapter() {
        return adapter(definition());
    }

    NotionAdapter adapter(Notion definition) {
        return (NotionAdapter) definition.provider().create(config(definition));
    }

    AdapterConfig config(Notion definition) {
        return new AdapterConfig(
                "crm",
                definition.settings(),
                definition.secrets(),
                (system, name, secret) -> stored.put(name, secret),
                () -> now,
                reports::add);
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String[] first = line(in).split(" ");
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                headers.put(line.split(":", 2)[0], line.split(":", 2)[1].strip());
            }
            byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
            String[] target = first[1].split("[?]", 2);
            Seen request = new Seen(
                    first[0],
                    target[0],
                    query(target.length == 1 ? "" : target[1]),
                    headers,
                    body.length == 0
                            ? Json.object()
                            : Json.parse(Bytes.of(body)).orElseThrow());
            seen.add(request);
            Answer answer = answers.apply(request);
            if (answer.status() != 0) {
                connection.getOutputStream().write(bytes(answer));
                connection.getOutputStream().flush();
            }
        } catch (IOException gone) {
            // The other end has gone: what it makes of that is what is tested.
        }
    }

    private byte[] bytes(Answer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " x\r\n");
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.putIfAbsent("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
        headers.put("Connection", "close");
        headers.put("Content-Length", Integer.toString(body.length));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(decode(parts[0]), decode(parts[1]));
        }
        return query;
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
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    static Write newRecord(String type, String property, String key, Map<String, NativeValue> properties) {
        return new Write("w", type, null, properties, new Write.ExternalId(property, key), null);
    }

    static Write newContact(String kirimId, Map<String, NativeValue> properties) {
        return newRecord("contact", "properties.Kirim contact id", kirimId, properties);
    }

    static NativeValue text(String text) {
        return NativeValue.text(text);
    }

    static NativeValue items(String... texts) {
        return new NativeValue.Items(
                List.of(texts).stream().map(NativeValue::text).toList());
    }

    static ObjectNode error(int status, String code, String message) {
        return Json.object()
                .put("object", "error")
                .put("status", status)
                .put("code", code)
                .put("message", message)
                .put("request_id", "b4d3");
    }
}
