package dev.crmsync.sandbox.admin;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The admin endpoint for tests in the same process: the same calls, without HTTP. Values are those of JSON: maps,
 * lists, text, numbers, flags. Each method throws IllegalArgumentException when the endpoint refuses. Thread-safe.
 */
public final class AdminClient {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> MAPS = new TypeReference<>() {};

    private final Function<Request, Reply> door;

    /** A client of this door. */
    public AdminClient(Function<Request, Reply> door) {
        this.door = door;
    }

    /** Adds contacts without webhooks; their ids in the same order. */
    public List<String> seed(List<? extends Map<String, ?>> contacts) {
        JsonNode answer = call("POST", "/contacts", Map.of("contacts", contacts));
        return Json.MAPPER.convertValue(answer.path("ids"), new TypeReference<>() {});
    }

    /** Makes one edit as a person; the record afterwards. Throws IllegalArgumentException when it is refused. */
    public Map<String, Object> edit(Map<String, ?> edit) {
        JsonNode result = call("POST", "/edits", edit).path("results").path(0);
        if (result.has("error")) {
            throw new IllegalArgumentException(result.path("error").asText());
        }
        return Json.MAPPER.convertValue(result, MAP);
    }

    /** Every record with all that it holds. */
    public List<Map<String, Object>> dump() {
        return Json.MAPPER.convertValue(call("GET", "/contacts", null).path("contacts"), MAPS);
    }

    /** Turns dials, all or none. */
    public void turn(Map<String, ?> dials) {
        call("PATCH", "/dials", dials);
    }

    /** Turns one dial. */
    public void turn(String dial, Object value) {
        turn(Map.of(dial, value));
    }

    /** Asks for a fault on the next requests; see the README for the keys beside kind and count. */
    public void fault(String kind, int count, Map<String, ?> more) {
        Map<String, Object> fault = new LinkedHashMap<>(more);
        fault.put("kind", kind);
        fault.put("count", count);
        call("POST", "/faults", fault);
    }

    /** Asks for a fault on the next requests, whatever they are. */
    public void fault(String kind, int count) {
        fault(kind, count, Map.of());
    }

    /** How many requests of a kind came, for example {@code PATCH /v1/{pid}/contacts/{id}}. */
    public long requests(String kind) {
        return call("GET", "/counts", null).path("requests").path(kind).asLong();
    }

    /** Waits until no webhook waits or is under way, retries included; whether it came to that in time. */
    public boolean awaitQuiet(Duration most) {
        return call("GET", "/quiet?wait_ms=" + most.toMillis(), null)
                .path("quiet")
                .asBoolean();
    }

    /** Delivers what is delayed now, and with {@code retries} what waits for another attempt; waits for it. */
    public void flush(boolean retries) {
        call("POST", "/flush?retries=" + retries, null);
    }

    /** Deliveries, oldest first. */
    public List<Map<String, Object>> deliveries() {
        return Json.MAPPER.convertValue(call("GET", "/deliveries", null).path("list"), MAPS);
    }

    /** Any call, for what has no method of its own here; the path may have a query. */
    public Map<String, Object> any(String method, String path, @Nullable Object body) {
        return Json.MAPPER.convertValue(call(method, path, body), MAP);
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        byte[] bytes = body == null ? new byte[0] : Json.bytes(body);
        Reply reply = door.apply(Request.of(method, FrontDoor.ADMIN + path, bytes));
        JsonNode answer = Json.parse(reply.body());
        if (reply.status() >= 300) {
            throw new IllegalArgumentException(method + " " + path + ": " + answer);
        }
        return answer;
    }
}
