package dev.crmsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.SyncException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to a vendor's API, below the API's base address. Immutable: each method that adds something returns a
 * copy. Its text form is the method and the path's template, so that no id, filter or value gets into a message.
 */
public final class HttpCall {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z]+}");

    private final String method;
    private final String template;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final @Nullable JsonNode body;
    private final boolean writes;
    private final @Nullable String quota;

    private HttpCall(
            String method,
            String template,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            @Nullable JsonNode body,
            boolean writes,
            @Nullable String quota) {
        this.method = method;
        this.template = template;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.writes = writes;
        this.quota = quota;
    }

    /**
     * A GET: it reads.
     *
     * @param template the path below the base address, with placeholders such as {@code /contacts/{id}}
     * @param segments what stands for the placeholders, in order; each is encoded as one path segment
     * @return the call
     * @throws SyncException of kind VALIDATION when a segment is empty or would climb the path
     */
    public static HttpCall get(String template, String... segments) {
        return of("GET", template, segments, false);
    }

    /**
     * A POST: it writes unless {@link #reading()} says otherwise.
     *
     * @param template the path below the base address, with placeholders
     * @param segments what stands for the placeholders, in order
     * @return the call
     * @throws SyncException of kind VALIDATION when a segment is empty or would climb the path
     */
    public static HttpCall post(String template, String... segments) {
        return of("POST", template, segments, true);
    }

    /**
     * A PATCH: it writes.
     *
     * @param template the path below the base address, with placeholders
     * @param segments what stands for the placeholders, in order
     * @return the call
     * @throws SyncException of kind VALIDATION when a segment is empty or would climb the path
     */
    public static HttpCall patch(String template, String... segments) {
        return of("PATCH", template, segments, true);
    }

    /**
     * A PUT: it writes.
     *
     * @param template the path below the base address, with placeholders
     * @param segments what stands for the placeholders, in order
     * @return the call
     * @throws SyncException of kind VALIDATION when a segment is empty or would climb the path
     */
    public static HttpCall put(String template, String... segments) {
        return of("PUT", template, segments, true);
    }

    /**
     * A DELETE: it writes.
     *
     * @param template the path below the base address, with placeholders
     * @param segments what stands for the placeholders, in order
     * @return the call
     * @throws SyncException of kind VALIDATION when a segment is empty or would climb the path
     */
    public static HttpCall delete(String template, String... segments) {
        return of("DELETE", template, segments, true);
    }

    private static HttpCall of(String method, String template, String[] segments, boolean writes) {
        return new HttpCall(method, template, fill(method, template, segments), Map.of(), Map.of(), null, writes, null);
    }

    private static String fill(String method, String template, String[] segments) {
        StringBuilder path = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int used = 0;
        while (placeholder.find()) {
            if (used == segments.length) {
                throw new IllegalArgumentException(method + " " + template + " has more placeholders than segments");
            }
            String segment = segments[used++];
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw SyncException.of(
                        SyncException.Kind.VALIDATION,
                        method + " " + template + ": " + placeholder.group() + " is no id that a path can hold");
            }
            placeholder.appendReplacement(path, Matcher.quoteReplacement(encode(segment)));
        }
        if (used != segments.length) {
            throw new IllegalArgumentException(method + " " + template + " has fewer placeholders than segments");
        }
        return placeholder.appendTail(path).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The same call with one more query parameter.
     *
     * @param name its name
     * @param value its value, not yet encoded
     * @return a copy
     */
    public HttpCall query(String name, String value) {
        return new HttpCall(method, template, path, plus(query, name, value), headers, body, writes, quota);
    }

    /**
     * The same call with one more header.
     *
     * @param name its name
     * @param value its value
     * @return a copy
     */
    public HttpCall header(String name, String value) {
        return new HttpCall(method, template, path, query, plus(headers, name, value), body, writes, quota);
    }

    /**
     * The same call with a JSON body.
     *
     * @param json the body; it is copied
     * @return a copy
     */
    public HttpCall body(JsonNode json) {
        return new HttpCall(method, template, path, query, headers, json.deepCopy(), writes, quota);
    }

    /**
     * The same call, known to change nothing, such as a search that is asked by POST.
     *
     * @return a copy
     */
    public HttpCall reading() {
        return new HttpCall(method, template, path, query, headers, body, false, quota);
    }

    /**
     * The same call, spending from a declared quota.
     *
     * @param key the quota's key
     * @return a copy
     */
    public HttpCall spending(String key) {
        return new HttpCall(method, template, path, query, headers, body, writes, key);
    }

    private static Map<String, String> plus(Map<String, String> before, String name, String value) {
        Map<String, String> after = new LinkedHashMap<>(before);
        after.put(name, value);
        return Collections.unmodifiableMap(after);
    }

    /**
     * Whether the call may change something at the vendor.
     *
     * @return true when an answer that is lost leaves the outcome unknown
     */
    public boolean writes() {
        return writes;
    }

    /**
     * The quota that the call spends from.
     *
     * @return its key, or empty when none was named
     */
    public Optional<String> quota() {
        return Optional.ofNullable(quota);
    }

    String method() {
        return method;
    }

    Map<String, String> headers() {
        return headers;
    }

    Optional<JsonNode> json() {
        return Optional.ofNullable(body);
    }

    /** Path and query, encoded. */
    String target() {
        if (query.isEmpty()) {
            return path;
        }
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
        return path + "?" + String.join("&", pairs);
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
