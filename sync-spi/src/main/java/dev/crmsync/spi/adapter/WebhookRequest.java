package dev.crmsync.spi.adapter;

import dev.crmsync.spi.model.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A webhook as it came, from any web framework. Immutable.
 *
 * @param method the HTTP method, such as {@code POST}
 * @param uri the full address as the vendor called it, with scheme, host and query: some signatures cover it
 * @param headers header values by name; names are compared without regard to case
 * @param body the raw bytes, before any decoding
 */
public record WebhookRequest(String method, String uri, Map<String, List<String>> headers, Bytes body) {
    /** Copies the headers. */
    public WebhookRequest {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * The first value of a header.
     *
     * @param name the header, in any case
     * @return its value, or empty when it is missing
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name))
                .flatMap(values -> values.stream().findFirst());
    }

    @Override
    public String toString() {
        return "WebhookRequest[" + method + " with " + headers.size() + " headers and " + body + "]";
    }
}
