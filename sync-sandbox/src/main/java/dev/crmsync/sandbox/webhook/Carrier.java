package dev.crmsync.sandbox.webhook;

import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** A vendor's own rules of delivery. */
public interface Carrier {
    /** The request of the next attempt, signed; null when the subscription is gone and the delivery ends. */
    @Nullable HttpRequest prepare(Delivery delivery);

    /** What an answer means. */
    Verdict judge(Delivery delivery, Answer answer);

    /** How many deliveries are under way at once. */
    int concurrency();

    /**
     * A subscriber's answer.
     *
     * @param status HTTP status; 0 when none came
     * @param retryAfterSeconds what Retry-After said; null when it was absent or no number
     * @param error why none came; empty otherwise
     */
    record Answer(int status, @Nullable Long retryAfterSeconds, String error) {
        boolean good() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * What becomes of a delivery.
     *
     * @param status its status
     * @param waitMs how long until the next attempt, for PENDING
     */
    record Verdict(Delivery.Status status, long waitMs) {}
}
