package dev.crmsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** A sandbox on a manual clock, and a plain HTTP client that shares nothing with the adapters. */
public final class Rig implements AutoCloseable {
    public final ManualClock clock = new ManualClock();
    public final Sandbox sandbox;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Rig() {
        this(SandboxOptions.standard());
    }

    public Rig(SandboxOptions options) {
        this.sandbox = Sandbox.start(options.withClock(clock));
    }

    /** An answer with its body parsed. */
    public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {
        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        public JsonNode data() {
            return body.path("data");
        }
    }

    public Answer kirim(String method, String path, Object body, String... headers) throws IOException {
        return send(method, sandbox.kirim().url() + path, sandbox.kirim().token(), body, headers);
    }

    /** A call below the first phone number. */
    public Answer phone(String method, String path, Object body, String... headers) throws IOException {
        return kirim(method, "/" + sandbox.kirim().phoneId() + path, body, headers);
    }

    public Answer hubSpot(String method, String path, Object body, String... headers) throws IOException {
        return send(method, sandbox.hubSpot().url() + path, sandbox.hubSpot().token(), body, headers);
    }

    /** A call below the contacts of the numbered path. */
    public Answer contacts(String method, String path, Object body) throws IOException {
        return hubSpot(method, "/crm/v3/objects/contacts" + path, body);
    }

    public Answer pipedrive(String method, String path, Object body) throws IOException {
        String token = sandbox.pipedrive().token();
        return send(method, sandbox.pipedrive().url() + path, "none", body, "x-api-token", token);
    }

    public Answer notion(String method, String path, Object body) throws IOException {
        return notion("2026-03-11", method, path, body);
    }

    /** A call that names this version of Notion's API. */
    public Answer notion(String version, String method, String path, Object body) throws IOException {
        String token = sandbox.notion().token();
        return send(method, sandbox.notion().url() + path, token, body, "Notion-Version", version);
    }

    public Answer send(String method, String url, String token, Object body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(
                                body instanceof String text
                                        ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                                        : Json.bytes(body)));
        try {
            HttpResponse<byte[]> raw = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            boolean json = raw.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(raw.statusCode(), json ? Json.parse(raw.body()) : Json.object(), raw);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A new contact of Kirim; its id. */
    public String kirimContact(String phone, String name) throws IOException {
        return phone("POST", "/contacts", Map.of("phone_number", phone, "name", name))
                .data()
                .path("id")
                .asText();
    }

    /** A new contact of HubSpot; its id. */
    public String hubSpotContact(Map<String, String> properties) throws IOException {
        return contacts("POST", "", Map.of("properties", properties))
                .body()
                .path("id")
                .asText();
    }

    /** A new record of Pipedrive's newer edition, of a kind such as {@code persons}; its id. */
    public long pipedriveRecord(String plural, Map<String, ?> values) throws IOException {
        Answer answer = pipedrive("POST", "/api/v2/" + plural, values);
        if (answer.status() >= 300) {
            throw new IOException(answer.body().toString());
        }
        return answer.data().path("id").asLong();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
