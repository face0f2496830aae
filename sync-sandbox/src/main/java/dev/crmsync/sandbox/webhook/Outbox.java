package dev.crmsync.sandbox.webhook;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All webhooks of one vendor that are waiting, under way or done. */
public interface Outbox {
    /** How many events or deliveries wait or are under way. */
    int pending();

    /** Whether nothing waits or is under way; waiting retries count only when asked for. */
    boolean quiet(boolean retries);

    /** Makes what is delayed leave now, and retries too when asked. */
    void hasten(boolean retries);

    /** How many deliveries stand how. */
    Map<String, Integer> tally();

    /** The deliveries that fit, oldest first. */
    List<Delivery> deliveries(Predicate<Delivery> which);
}
