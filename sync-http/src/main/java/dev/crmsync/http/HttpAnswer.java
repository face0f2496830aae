package dev.crmsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.model.Bytes;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer of a vendor, of whatever status. Immutable; its text form shows the call, the status, the error code and
 * the request id, and nothing of the body.
 */
public final class HttpAnswer implements HttpReply {
    private final HttpCall call;
    private final String system;
    private final int status;
    private final HttpHeaders headers;
    private final Instant received;
    private final Optional<JsonNode> json;
    private final VendorError error;

    HttpAnswer(
            HttpCall call,
            String system,
            int status,
            HttpHeaders headers,
            Bytes body,
            Instant received,
            VendorError.Reader errors) {
        this.call = call;
        this.system = system;
        this.status = status;
        this.headers = headers;
        this.received = received;
        this.json = Json.parse(body).filter(JsonNode::isContainerNode);
        this.error = ok() ? VendorError.UNTOLD : json.map(errors::read).orElse(VendorError.UNTOLD);
    }

    /**
     * The call that was answered.
     *
     * @return the call
     */
    public HttpCall call() {
        return call;
    }

    /**
     * The system that answered.
     *
     * @return its name in its sync
     */
    public String system() {
        return system;
    }

    /**
     * The HTTP status.
     *
     * @return 100 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Whether the status says that the call succeeded.
     *
     * @return true for 200 to 299
     */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /**
     * The body, when it is a JSON object or array.
     *
     * @return the body, or empty when there is none or it is something else, such as a proxy's HTML page
     */
    public Optional<JsonNode> json() {
        return json;
    }

    /**
     * The vendor's own name of the error.
     *
     * @return the error, {@link VendorError#UNTOLD} for a success or when the body does not tell
     */
    public VendorError error() {
        return error;
    }

    /**
     * The first value of a header.
     *
     * @param name the header, in any case
     * @return its value, or empty when it is missing
     */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /**
     * A header that holds a whole number.
     *
     * @param name the header, in any case
     * @return the number, or empty when the header is missing, negative or malformed
     */
    public OptionalLong number(String name) {
        return header(name).map(HttpTimes::wholeNumber).orElse(OptionalLong.empty());
    }

    /**
     * The time of the answer: on the vendor's clock by the {@code Date} header (RFC 9110, 6.6.1), in whole seconds, else
     * on our own.
     *
     * @return the time
     */
    public Instant date() {
        return header("Date").flatMap(HttpTimes::date).orElse(received);
    }

    /**
     * How long the vendor asks to stay away (RFC 9110, 10.2.3: seconds, or a date on the vendor's clock).
     *
     * @return the delay, not negative and at most a day; empty when it is missing or malformed
     */
    public Optional<Duration> retryAfter() {
        return header("Retry-After").flatMap(value -> HttpTimes.delay(value, date()));
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder().append(call).append(" answered ").append(status);
        error.code().ifPresent(code -> text.append(' ').append(code));
        error.property().ifPresent(property -> text.append(" about ").append(property));
        header("X-Request-Id")
                .filter(VendorError::harmless)
                .ifPresent(id -> text.append(" (request ").append(id).append(')'));
        return text.toString();
    }
}
