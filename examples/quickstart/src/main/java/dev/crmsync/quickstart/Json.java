package dev.crmsync.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP for what a person or an auditor does: seeding, editing by hand, reading back. The engine has its own. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, String> headers;

    /** For an endpoint that asks for nothing. */
    Json() {
        this(Map.of());
    }

    /** For an API that knows its callers by a header. */
    Json(String header, String secret) {
        this(Map.of(header, secret));
    }

    /** For an API that asks for several headers. */
    Json(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("no JSON where JSON was due", broken);
        }
    }

    JsonNode get(String url) {
        return call("GET", url, null);
    }

    JsonNode post(String url, JsonNode body) {
        return call("POST", url, body);
    }

    JsonNode put(String url, JsonNode body) {
        return call("PUT", url, body);
    }

    JsonNode patch(String url, JsonNode body) {
        return call("PATCH", url, body);
    }

    private JsonNode call(String method, String url, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 429 && attempt < 20) {
                    pause(Duration.ofSeconds(1));
                } else if (answer.statusCode() >= 300) {
                    throw new IllegalStateException(
                            method + " " + url + " answered " + answer.statusCode() + ": " + answer.body());
                } else {
                    return parse(answer.body());
                }
            } catch (IOException broken) {
                throw new IllegalStateException(method + " " + url + " could not be reached: " + broken, broken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped", stopped);
            }
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }
}
