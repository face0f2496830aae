package dev.crmsync.http;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.QuotaListener;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.model.Bytes;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One system's HTTP API. It makes exactly one attempt at each call, asks for the credentials anew each time, bounds the
 * time and the length of the answer, follows no redirect, and tells apart what certainly did not reach the vendor from
 * what may have. Thread-safe; made by {@link #at}. Its connections go when it is no longer referred to.
 */
public final class HttpApi {
    private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7e]+");

    private final String system;
    private final String base;
    private final Map<String, String> headers;
    private final @Nullable SecretSource bearer;
    private final String bearerName;
    private final Duration timeout;
    private final int maxAnswer;
    private final InstantSource clock;
    private final VendorError.Reader errors;
    private final QuotaHeaders quotas;
    private final QuotaListener listener;
    private final HttpClient client;

    private HttpApi(Builder made) {
        system = made.system;
        base = made.base;
        headers = Map.copyOf(made.headers);
        bearer = made.bearer;
        bearerName = made.bearerName;
        timeout = made.timeout;
        maxAnswer = made.maxAnswer;
        clock = made.clock;
        errors = made.errors;
        quotas = made.quotas;
        listener = made.listener;
        // HTTP/1.1: one call on one connection, so that a fault of one says nothing about another.
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(made.connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Begins an API.
     *
     * @param system the system's name in its sync, for messages
     * @param base its address, http or https, with a path but without query; a slash at its end is ignored
     * @return a builder, not thread-safe
     * @throws SyncException of kind CONFIGURATION when the address is none
     */
    public static Builder at(String system, String base) {
        return new Builder(system, base);
    }

    /**
     * Makes one attempt at a call. An interrupted thread stays interrupted.
     *
     * @param call the call
     * @return the answer of whatever status, or why there is none
     * @throws SyncException of kind AUTH when there is no credential yet, of kind CONFIGURATION when it cannot be one
     */
    public HttpReply send(HttpCall call) {
        HttpRequest request = request(call);
        if (Thread.currentThread().isInterrupted()) {
            return new HttpReply.NotSent(system, call + " was not begun: its thread is interrupted");
        }
        CompletableFuture<HttpResponse<Bytes>> answer =
                client.sendAsync(request, response -> new BoundedBody(maxAnswer));
        try {
            // The client's own timeout ends with the headers; this one covers the body too.
            return answered(call, answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            return failed(call, failed);
        } catch (TimeoutException late) {
            answer.cancel(true);
            return new HttpReply.Lost(system, call + " was not answered within " + timeout.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new HttpReply.Lost(system, call + " was interrupted before its answer came");
        }
    }

    private HttpRequest request(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.target()));
        headers.forEach(request::setHeader);
        if (bearer != null) {
            request.setHeader("Authorization", "Bearer " + token(bearer));
        }
        call.json().ifPresent(json -> request.setHeader("Content-Type", "application/json"));
        call.headers().forEach(request::setHeader);
        return request.method(
                        call.method(),
                        call.json()
                                .map(json -> BodyPublishers.ofByteArray(
                                        Json.bytes(json).toArray()))
                                .orElseGet(BodyPublishers::noBody))
                .build();
    }

    private String token(SecretSource source) {
        List<String> current = source.current();
        if (current.isEmpty() || current.get(0).isBlank()) {
            throw SyncException.of(Kind.AUTH, "system " + system + ": the secret '" + bearerName + "' is not known yet")
                    .inSystem(system)
                    .about(bearerName);
        }
        // The client would put a malformed header's value into its message.
        if (!HEADER_SAFE.matcher(current.get(0)).matches()) {
            throw SyncException.configuration("system " + system + ": the secret '" + bearerName
                            + "' holds blanks or characters that a header cannot carry; check how it is supplied")
                    .inSystem(system)
                    .about(bearerName);
        }
        return current.get(0);
    }

    private HttpAnswer answered(HttpCall call, HttpResponse<Bytes> response) {
        HttpAnswer answer = new HttpAnswer(
                call, system, response.statusCode(), response.headers(), response.body(), clock.instant(), errors);
        quotas.read(answer).forEach(listener::report);
        return answer;
    }

    private HttpReply failed(HttpCall call, ExecutionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        String kind = cause.getClass().getSimpleName();
        boolean unsent = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException
                || cause instanceof SSLHandshakeException;
        if (unsent) {
            return new HttpReply.NotSent(system, call + " found no connection (" + kind + "); check the base URL");
        }
        String why = cause instanceof BoundedBody.TooLong ? cause.getMessage() : kind;
        return new HttpReply.Lost(system, call + " was cut off before its answer was whole (" + why + ")");
    }

    @Override
    public String toString() {
        return "HttpApi[" + system + " at " + base + "]";
    }

    /** Gathers what an API needs. Not thread-safe. */
    public static final class Builder {
        private final String system;
        private final String base;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable SecretSource bearer;
        private String bearerName = "token";
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration timeout = Duration.ofSeconds(30);
        private int maxAnswer = 16 << 20;
        private InstantSource clock = InstantSource.system();
        private VendorError.Reader errors = body -> VendorError.UNTOLD;
        private QuotaHeaders quotas = answer -> List.of();
        private QuotaListener listener = report -> {};

        private Builder(String system, String base) {
            this.system = system;
            this.base = checked(system, base);
            headers.put("Accept", "application/json");
            headers.put("User-Agent", "crm-sync");
        }

        private static String checked(String system, String base) {
            String address = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
            try {
                URI uri = URI.create(address);
                boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
                if (http
                        && uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getQuery() == null
                        && uri.getFragment() == null) {
                    return address;
                }
            } catch (IllegalArgumentException malformed) {
                // Told below, without the address: it may hold credentials.
            }
            throw SyncException.configuration("system " + system
                            + ": the base URL must be http or https with a host and a path, and nothing else")
                    .inSystem(system)
                    .about("baseUrl");
        }

        /**
         * Sends a header with every call.
         *
         * @param name its name
         * @param value its value, no secret
         * @return this
         */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /**
         * Sends {@code Authorization: Bearer} with the first current secret of a source, asked at every call.
         *
         * @param name the secret's name, for messages
         * @param source the source
         * @return this
         */
        public Builder bearer(String name, SecretSource source) {
            bearerName = name;
            bearer = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * How long a call may take.
         *
         * @param connect until a connection stands
         * @param whole from its beginning to the last byte of the answer
         * @return this
         */
        public Builder timeouts(Duration connect, Duration whole) {
            connectTimeout = connect;
            timeout = whole;
            return this;
        }

        /**
         * How long an answer may be; a longer one counts as lost.
         *
         * @param bytes the most bytes of a body
         * @return this
         */
        public Builder maxAnswer(int bytes) {
            maxAnswer = bytes;
            return this;
        }

        /**
         * The clock for answers that bear no {@code Date}.
         *
         * @param source the clock
         * @return this
         */
        public Builder clock(InstantSource source) {
            clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * How this vendor tells errors.
         *
         * @param reader finds the error in a body
         * @return this
         */
        public Builder errors(VendorError.Reader reader) {
            errors = Objects.requireNonNull(reader, "reader");
            return this;
        }

        /**
         * How this vendor tells what is left of its quotas, and who wants to know.
         *
         * @param reader reads the headers of every answer
         * @param told is told what they say
         * @return this
         */
        public Builder quotas(QuotaHeaders reader, QuotaListener told) {
            quotas = Objects.requireNonNull(reader, "reader");
            listener = Objects.requireNonNull(told, "told");
            return this;
        }

        /**
         * Ends the gathering.
         *
         * @return the API
         */
        public HttpApi build() {
            return new HttpApi(this);
        }
    }
}
