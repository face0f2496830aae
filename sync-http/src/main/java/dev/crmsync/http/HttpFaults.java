package dev.crmsync.http;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;

/**
 * What a call that did not succeed means, as far as HTTP alone tells it; an adapter looks at the vendor's own codes
 * first and asks here for the rest. One law rules it: <em>nothing was written</em> is said only where that is certain.
 *
 * <table>
 * <caption>What is said</caption>
 * <tr><th>what came</th><th>of a read</th><th>of a write</th></tr>
 * <tr><td>no connection</td><td>TRANSIENT</td><td>Deferred</td></tr>
 * <tr><td>no answer, or one that is too long</td><td>TRANSIENT</td><td>Unknown</td></tr>
 * <tr><td>401</td><td>AUTH</td><td>AUTH, thrown</td></tr>
 * <tr><td>429</td><td>RATE_LIMITED</td><td>Deferred, with the call's quota</td></tr>
 * <tr><td>5xx, 3xx, 408</td><td>TRANSIENT, 3xx CONFIGURATION</td><td>Unknown</td></tr>
 * <tr><td>any other without JSON</td><td>TRANSIENT</td><td>Unknown: it was not the vendor that spoke</td></tr>
 * <tr><td>403, 404, 409, other 4xx</td><td>AUTH, NOT_FOUND, CONFLICT, VALIDATION</td><td>Rejected FORBIDDEN, NOT_FOUND,
 * UNIQUE, INVALID</td></tr>
 * <tr><td>423, 425</td><td>TRANSIENT</td><td>Deferred</td></tr>
 * </table>
 */
public final class HttpFaults {
    private HttpFaults() {}

    /**
     * What to throw for a call that changes nothing.
     *
     * @param reply a reply that is no success, or a success without the JSON that was due
     * @return the exception, with the system and the delay that the vendor asked for
     */
    public static SyncException ofRead(HttpReply reply) {
        if (reply instanceof HttpReply.NotSent unsent) {
            return SyncException.of(Kind.TRANSIENT, unsent.reason()).inSystem(unsent.system());
        } else if (reply instanceof HttpReply.Lost lost) {
            return SyncException.of(Kind.TRANSIENT, lost.reason()).inSystem(lost.system());
        }
        HttpAnswer answer = (HttpAnswer) reply;
        Kind kind = kind(answer);
        SyncException fault = SyncException.of(kind, message(answer, kind)).inSystem(answer.system());
        SyncException timed = answer.retryAfter().map(fault::withRetryAfter).orElse(fault);
        return answer.error().property().map(timed::about).orElse(timed);
    }

    private static Kind kind(HttpAnswer answer) {
        int status = answer.status();
        if (status == 401) {
            return Kind.AUTH;
        } else if (status == 429) {
            return Kind.RATE_LIMITED;
        } else if (status >= 300 && status < 400) {
            return Kind.CONFIGURATION;
        } else if (answer.json().isEmpty() || status >= 500 || status < 300) {
            return Kind.TRANSIENT;
        }
        return switch (status) {
            case 403 -> Kind.AUTH;
            case 404, 410 -> Kind.NOT_FOUND;
            case 408, 423, 425 -> Kind.TRANSIENT;
            case 409 -> Kind.CONFLICT;
            default -> Kind.VALIDATION;
        };
    }

    private static String message(HttpAnswer answer, Kind kind) {
        return answer
                + switch (kind) {
                    case AUTH -> "; check that the credentials are valid and may do this";
                    case CONFIGURATION -> "; check the base URL: redirects are not followed";
                    case RATE_LIMITED -> "; it is tried again later";
                    case TRANSIENT ->
                        answer.json().isEmpty()
                                ? " without the JSON that was due; if it lasts, check the base URL"
                                : "; it is tried again";
                    default -> "";
                };
    }

    /**
     * What became of a write.
     *
     * @param reply a reply that is no success, or a success without the JSON that was due
     * @return {@link Outcome.Deferred} or {@link Outcome.Rejected} where it is certain that nothing was written, otherwise
     *     {@link Outcome.Unknown}
     * @throws SyncException of kind AUTH for 401
     */
    public static Outcome ofWrite(HttpReply reply) {
        if (reply instanceof HttpReply.NotSent unsent) {
            return new Outcome.Deferred(null, null, unsent.reason());
        } else if (reply instanceof HttpReply.Lost lost) {
            return new Outcome.Unknown(lost.reason());
        }
        HttpAnswer answer = (HttpAnswer) reply;
        return switch (answer.status()) {
            case 401 -> throw ofRead(answer);
            case 429 -> deferred(answer, true);
            case 423, 425 -> deferred(answer, false);
            case 403 -> rejected(answer, Rejection.FORBIDDEN);
            case 404, 410 -> rejected(answer, Rejection.NOT_FOUND);
            case 409 -> rejected(answer, Rejection.UNIQUE);
            default -> rejected(answer, Rejection.INVALID);
        };
    }

    /**
     * The vendor did not look at a write, says its answer.
     *
     * @param answer the answer
     * @param quotaSpent whether it is because the call's quota is spent
     * @return the outcome, with the delay that the vendor asked for
     */
    public static Outcome.Deferred deferred(HttpAnswer answer, boolean quotaSpent) {
        return new Outcome.Deferred(
                answer.retryAfter().orElse(null),
                quotaSpent ? answer.call().quota().orElse(null) : null,
                answer.toString());
    }

    /**
     * The vendor refused a write, says its answer.
     *
     * @param answer the answer
     * @param kind why
     * @return {@link Outcome.Rejected}; {@link Outcome.Unknown} when the status is no 4xx, is 408, or comes without JSON,
     *     for then it is not certain that the vendor refused
     */
    public static Outcome rejected(HttpAnswer answer, Rejection kind) {
        boolean refused = answer.status() >= 400 && answer.status() < 500 && answer.status() != 408;
        if (!refused || answer.json().isEmpty()) {
            return new Outcome.Unknown(answer + (answer.json().isEmpty() ? " without the JSON that was due" : ""));
        }
        return new Outcome.Rejected(kind, answer.error().property().orElse(null), null, answer.toString());
    }
}
