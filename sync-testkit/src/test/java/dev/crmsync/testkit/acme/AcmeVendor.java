package dev.crmsync.testkit.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crmsync.testkit.adapter.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Acme itself: contacts behind HTTP, with webhooks, a clock that passes when asked, and trouble on demand. Names stay as they are
 * given, addresses are trimmed and lower-cased, notes are cut, tags are replaced as a whole, extras are merged by key.
 */
final class AcmeVendor implements AutoCloseable {
    static final List<String> PROPERTIES = List.of("name", "email", "phone", "note", "tags");
    static final String TOKEN = "acme-token-5f1e9c";
    static final int NOTE = 200;
    static final int PAGE = 5;

    final Map<String, AcmeContact> contacts = new TreeMap<>();
    final Deque<Trouble> troubles = new ArrayDeque<>();
    final AcmePost post;
    final AcmeDesk desk = new AcmeDesk();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Map<String, String> answers = new LinkedHashMap<>();
    private Instant now = Instant.parse("2026-03-01T09:00:30Z");
    private long sequence;

    AcmeVendor() {
        post = new AcmePost(this::now);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::meet);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Each look moves the clock on, so that no two changes bear the same time. */
    synchronized Instant now() {
        now = now.plusMillis(1);
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    private void meet(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Trouble trouble;
            synchronized (this) {
                trouble = troubles.poll();
            }
            if (trouble == null || trouble == Trouble.LOST_ANSWER) {
                Answer answer = answer(exchange, body);
                if (trouble == null) {
                    send(exchange, answer.status(), "application/x-www-form-urlencoded", answer.text());
                }
            } else if (trouble == Trouble.HTML) {
                send(exchange, 200, "text/html", "<html><body>Bad gateway</body></html>");
            } else if (trouble != Trouble.RESET) {
                if (trouble == Trouble.RATE_LIMITED_WITH_DELAY) {
                    exchange.getResponseHeaders().set("Retry-After", String.valueOf(Trouble.RETRY_AFTER.toSeconds()));
                }
                int status = trouble == Trouble.SERVER_ERROR ? 503 : trouble == Trouble.UNAUTHORIZED ? 401 : 429;
                send(exchange, status, "application/x-www-form-urlencoded", "why=trouble");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private record Answer(int status, String text) {
        static Answer of(Map<String, String> values) {
            return new Answer(200, Form.write(values));
        }

        static Answer refused(int status, String why, String property) {
            return new Answer(status, Form.write(Map.of("why", why, "property", property)));
        }
    }

    private synchronized Answer answer(HttpExchange exchange, String body) {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return Answer.refused(401, "unauthorized", "");
        }
        String path = exchange.getRequestURI().getPath();
        String rawQuery = exchange.getRequestURI().getRawQuery();
        Map<String, String> query = Form.read(rawQuery == null ? "" : rawQuery);
        String method = exchange.getRequestHeaders().getFirst("X-Method");
        String call = (method == null ? exchange.getRequestMethod() : method) + " "
                + path.replaceAll("/[chls]\\d+$", "/{id}");
        String id = path.substring(path.lastIndexOf('/') + 1);
        return switch (call) {
            case "GET /contacts/{id}" -> shown(contacts.get(id));
            case "GET /contacts" -> list(query);
            case "GET /changes" -> changes(query);
            case "GET /find" -> find(query.getOrDefault("key", ""));
            case "POST /contacts" -> create(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body);
            case "PATCH /contacts/{id}" -> change(id, Form.read(body), "app");
            case "DELETE /contacts/{id}" -> archive(id);
            case "POST /batch" -> batch(body);
            default -> {
                List<Map<String, String>> lines = desk.answer(call, id, Form.read(body));
                yield lines == null
                        ? Answer.refused(404, "not found", "")
                        : new Answer(
                                200,
                                String.join(
                                        "\n", lines.stream().map(Form::write).toList()));
            }
        };
    }

    private static Answer shown(@Nullable AcmeContact contact) {
        if (contact == null) {
            return Answer.refused(404, "not found", "");
        }
        return contact.deleted ? new Answer(410, Form.write(contact.shown())) : Answer.of(contact.shown());
    }

    private Answer find(String key) {
        return contacts.values().stream()
                .filter(one -> !one.deleted && key.equals(one.values.get("key")))
                .findFirst()
                .map(AcmeVendor::shown)
                .orElseGet(() -> Answer.refused(404, "not found", ""));
    }

    private Answer list(Map<String, String> query) {
        String after = query.getOrDefault("after", "");
        if (!after.isEmpty() && !after.matches("c\\d+")) {
            return Answer.refused(400, "no such cursor", "after");
        }
        return page(contacts.values().stream()
                .filter(one -> !one.deleted && one.id.compareTo(after) > 0)
                .toList());
    }

    private Answer changes(Map<String, String> query) {
        long after = -1;
        if (query.containsKey("after")) {
            if (!query.get("after").matches("\\d+")) {
                return Answer.refused(400, "no such cursor", "after");
            }
            after = Long.parseLong(query.get("after"));
        }
        Instant since = query.containsKey("since") ? Instant.parse(query.get("since")) : Instant.MIN;
        long from = after;
        return page(contacts.values().stream()
                .filter(one -> one.sequence > from && !one.updated.isBefore(since))
                .sorted((a, b) -> Long.compare(a.sequence, b.sequence))
                .toList());
    }

    private static Answer page(List<AcmeContact> rows) {
        List<String> lines =
                rows.stream().limit(PAGE).map(one -> Form.write(one.shown())).toList();
        return new Answer(200, String.join("\n", lines));
    }

    private Answer create(@Nullable String key, String body) {
        if (key != null && answers.containsKey(key)) {
            Map<String, String> before = Form.read(String.valueOf(answers.get(key)));
            return body.equals(before.get("body"))
                    ? shown(contacts.get(before.get("id")))
                    : Answer.refused(409, "key reused", "");
        }
        Answer answer = create(Form.read(body), "app");
        if (key != null && answer.status() == 200) {
            answers.put(
                    key,
                    Form.write(Map.of(
                            "body",
                            body,
                            "id",
                            String.valueOf(Form.read(answer.text()).get("id")))));
        }
        return answer;
    }

    private Answer batch(String body) {
        List<String> lines = new ArrayList<>();
        for (Map<String, String> line : Form.lines(body)) {
            Map<String, String> values = new TreeMap<>(line);
            String id = values.remove("id");
            Answer answer = id == null ? create(values, "app") : change(id, values, "app");
            Map<String, String> row = new LinkedHashMap<>(Form.read(answer.text()));
            row.put("status", String.valueOf(answer.status()));
            lines.add(Form.write(row));
        }
        return new Answer(200, String.join("\n", lines));
    }

    // What people do as well

    synchronized Answer create(Map<String, String> values, String by) {
        String key = values.get("upsert");
        Map<String, String> held = new TreeMap<>(values);
        held.remove("upsert");
        if (key != null) {
            for (AcmeContact one : contacts.values()) {
                if (!one.deleted && key.equals(one.values.get("key"))) {
                    return change(one.id, held, by);
                }
            }
            held.put("key", key);
        }
        Answer refused = refused(held);
        if (refused != null) {
            return refused;
        }
        AcmeContact made = new AcmeContact(String.format("c%06d", 100 + contacts.size()), now());
        contacts.put(made.id, made);
        return keep(made, held, by);
    }

    synchronized Answer change(String id, Map<String, String> values, String by) {
        AcmeContact contact = contacts.get(id);
        if (contact == null || contact.deleted) {
            return Answer.refused(404, "not found", "");
        }
        Answer refused = refused(values);
        return refused == null ? keep(contact, values, by) : refused;
    }

    private static @Nullable Answer refused(Map<String, String> values) {
        String email = values.getOrDefault("email", "");
        return email.isEmpty() || email.contains("@") ? null : Answer.refused(422, "invalid", "email");
    }

    private Answer keep(AcmeContact contact, Map<String, String> values, String by) {
        Map<String, String> changed = new TreeMap<>();
        values.forEach((property, value) -> {
            String kept = kept(property, value);
            boolean gone = kept.isEmpty() && property.startsWith("extra.");
            String before = gone ? contact.values.remove(property) : contact.values.put(property, kept);
            if (!kept.equals(before == null ? "" : before)) {
                changed.put(property, kept);
            }
        });
        touch(contact);
        post.send(contact, "changed", by, changed);
        return Answer.of(contact.shown());
    }

    private static String kept(String property, String value) {
        return switch (property) {
            case "email" -> value.strip().toLowerCase(Locale.ROOT);
            case "note" -> value.length() > NOTE ? value.substring(0, NOTE) : value;
            default -> value;
        };
    }

    private void touch(AcmeContact contact) {
        contact.updated = now();
        contact.sequence = ++sequence;
    }

    private Answer archive(String id) {
        if (!contacts.containsKey(id)) {
            return Answer.refused(404, "not found", "");
        }
        delete(id, "app");
        return Answer.of(Map.of("id", id));
    }

    synchronized void delete(String id, String by) {
        AcmeContact contact = contacts.get(id);
        if (contact != null && !contact.deleted) {
            contact.deleted = true;
            touch(contact);
            post.send(contact, "deleted", by, Map.of());
        }
    }

    synchronized void merge(String loser, String survivor) {
        AcmeContact gone = contacts.get(loser);
        if (gone != null) {
            gone.deleted = true;
            gone.into = survivor;
            touch(gone);
            post.send(gone, "merged", "person", Map.of());
        }
    }

    synchronized long count() {
        return contacts.values().stream().filter(one -> !one.deleted).count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
