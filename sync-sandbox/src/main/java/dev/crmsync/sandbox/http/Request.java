package dev.crmsync.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as it arrived, its body read completely.
 *
 * @param method upper-case method
 * @param path raw path, without the query
 * @param query decoded query parameters, in order
 * @param headers first value of each header, names in lower case
 * @param body raw bytes, empty when there was none
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes are what is signed; nobody compares these records.
public record Request(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {

    /** A request that did not come over HTTP; the target may have a query. */
    public static Request of(String method, String target, byte[] body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new Request(method, path, parseQuery(mark < 0 ? null : target.substring(mark + 1)), Map.of(), body);
    }

    /** The first value of a query parameter, or null. */
    public @Nullable String query(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.get(0);
    }

    /** A header by name in any case, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body as JSON; throws {@link NotJson} when it is not. An empty body is an empty object. */
    public JsonNode json() {
        if (body.length == 0) {
            return Json.object();
        }
        try {
            return Json.parse(body);
        } catch (UncheckedIOException e) {
            throw new NotJson(e);
        }
    }

    static Map<String, List<String>> parseQuery(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int eq = pair.indexOf('=');
            String name = decode(eq < 0 ? pair : pair.substring(0, eq));
            String value = eq < 0 ? "" : decode(pair.substring(eq + 1));
            query.computeIfAbsent(name, k -> new ArrayList<>()).add(value);
        }
        return query;
    }

    static String decode(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }

    /** The body of a request that should be JSON is not. */
    public static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotJson(Throwable cause) {
            super("The body is not JSON: " + cause.getMessage(), cause);
        }
    }
}
