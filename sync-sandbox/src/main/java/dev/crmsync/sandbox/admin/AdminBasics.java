package dev.crmsync.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.dials.Dial;
import dev.crmsync.sandbox.http.Fault;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.webhook.Delivery;
import dev.crmsync.sandbox.webhook.Outbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The admin routes that all stand-ins share. */
public final class AdminBasics {
    private final Parts parts;
    private final Outbox outbox;
    private final Runnable reset;

    /** Routes over these parts; {@code reset} empties the vendor's data. */
    public AdminBasics(Parts parts, Outbox outbox, Runnable reset) {
        this.parts = parts;
        this.outbox = outbox;
        this.reset = reset;
    }

    /** Adds the routes. */
    public void addTo(Routes routes) {
        String a = FrontDoor.ADMIN;
        routes.on("GET", a, call -> Reply.json(200, Json.object().set("paths", Json.tree(routes.list()))))
                .on("GET", a + "/dials", call -> Reply.json(200, dials()))
                .on("PATCH", a + "/dials", this::turn)
                .on("PUT", a + "/dials", this::turnAll)
                .on("GET", a + "/faults", call -> Reply.json(200, faults()))
                .on("POST", a + "/faults", this::ask)
                .on("DELETE", a + "/faults", call -> {
                    parts.faults().forget();
                    return Reply.json(200, faults());
                })
                .on("GET", a + "/counts", call -> Reply.json(200, parts.counts().all()))
                .on("DELETE", a + "/counts", call -> {
                    parts.counts().reset();
                    return Reply.json(200, parts.counts().all());
                })
                .on("GET", a + "/quiet", this::quiet)
                .on("GET", a + "/deliveries", this::deliveries)
                .on("POST", a + "/flush", this::flush)
                .on("POST", a + "/reset", this::reset);
    }

    private ObjectNode dials() {
        ObjectNode answer = Json.object();
        answer.set("dials", Json.tree(parts.dials().values()));
        ArrayNode about = answer.putArray("about");
        for (Dial dial : parts.dials().all()) {
            ObjectNode one = about.addObject().put("name", dial.name());
            one.set("default", Json.tree(dial.standard()));
            if (!dial.choices().isEmpty()) {
                one.set("choices", Json.tree(dial.choices()));
            }
            one.put("fact", dial.fact());
        }
        return answer;
    }

    private Reply turn(Call call) {
        parts.dials().turn(values(call.request().json()));
        parts.changed().run();
        return Reply.json(200, dials());
    }

    private Reply turnAll(Call call) {
        Map<String, Object> values = values(call.request().json());
        Map<String, Object> before = parts.dials().turned();
        parts.dials().reset();
        try {
            parts.dials().turn(values);
        } catch (IllegalArgumentException e) {
            parts.dials().turn(before);
            throw e;
        }
        parts.changed().run();
        return Reply.json(200, dials());
    }

    private static Map<String, Object> values(JsonNode body) {
        JsonNode source = body.path("dials").isObject() ? body.path("dials") : body;
        Map<String, Object> values = new LinkedHashMap<>();
        source.properties().forEach(e -> {
            JsonNode v = e.getValue();
            Object value = v.isBoolean() ? (Object) v.booleanValue() : v.isNumber() ? v.doubleValue() : v.asText();
            values.put(e.getKey(), value);
        });
        return values;
    }

    private ObjectNode faults() {
        ArrayNode asked = Json.array();
        for (Fault fault : parts.faults().asked()) {
            asked.addObject()
                    .put("kind", fault.kind().word())
                    .put("count", fault.count())
                    .put("method", fault.method())
                    .put("path", fault.path())
                    .put("retryAfter", fault.retryAfter())
                    .put("status", fault.status())
                    .put("millis", fault.millis());
        }
        return Json.object().set("asked", asked);
    }

    private Reply ask(Call call) {
        JsonNode body = call.request().json();
        parts.faults()
                .ask(new Fault(
                        Fault.Kind.of(body.path("kind").asText()),
                        body.path("count").asInt(1),
                        text(body, "method"),
                        text(body, "path"),
                        number(body, "retryAfter"),
                        number(body, "status"),
                        number(body, "millis")));
        return Reply.json(200, faults());
    }

    private Reply quiet(Call call) {
        boolean retries = flag(call, "retries", true);
        Waiting.until(whole(call, "wait_ms", 0), () -> outbox.quiet(retries));
        return Reply.json(200, state(retries));
    }

    private Reply flush(Call call) {
        boolean retries = flag(call, "retries", false);
        long wait = whole(call, "wait_ms", 10_000);
        outbox.hasten(retries);
        Waiting.until(wait, () -> {
            // Retries that were born meanwhile wait by the schedule; first attempts are hastened as they come.
            outbox.hasten(false);
            return outbox.quiet(false);
        });
        return Reply.json(200, state(true));
    }

    private ObjectNode state(boolean retries) {
        ObjectNode state = Json.object().put("quiet", outbox.quiet(retries)).put("pending", outbox.pending());
        state.set("deliveries", Json.tree(outbox.tally()));
        return state;
    }

    private Reply deliveries(Call call) {
        String status = call.request().query("status");
        long limit = whole(call, "limit", 1000);
        List<Delivery> all = outbox.deliveries(
                d -> status == null || d.status.name().toLowerCase(Locale.ROOT).equals(status));
        ObjectNode answer = state(true);
        ArrayNode list = answer.putArray("list");
        all.stream().skip(Math.max(0, all.size() - limit)).forEach(d -> {
            ObjectNode one = list.addObject()
                    .put("id", d.id)
                    .put("type", d.type)
                    .put("eventId", d.eventId)
                    .put("subscription", d.subscription)
                    .put("status", d.status.name().toLowerCase(Locale.ROOT))
                    .put("attempts", d.attempts)
                    .put("events", d.events)
                    .put("createdAt", d.createdAt)
                    .put("dueAt", d.dueAt)
                    .put("lastStatus", d.lastStatus)
                    .put("lastError", d.lastError);
            one.set("body", Json.parse(d.body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        });
        return Reply.json(200, answer);
    }

    private Reply reset(Call call) {
        reset.run();
        if (call.request().json().path("dials").asBoolean(true)) {
            parts.dials().reset();
        }
        parts.faults().forget();
        parts.counts().reset();
        parts.chance().rewind();
        parts.changed().run();
        return Reply.json(200, Json.object().put("reset", true));
    }

    private static boolean flag(Call call, String name, boolean otherwise) {
        String value = call.request().query(name);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }

    private static long whole(Call call, String name, long otherwise) {
        String value = call.request().query(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    private static @Nullable String text(JsonNode body, String name) {
        return body.path(name).isTextual() ? body.path(name).asText() : null;
    }

    private static @Nullable Integer number(JsonNode body, String name) {
        return body.path(name).isNumber() ? (Integer) body.path(name).intValue() : null;
    }
}
