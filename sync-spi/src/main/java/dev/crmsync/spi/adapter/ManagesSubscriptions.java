package dev.crmsync.spi.adapter;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Can manage webhook subscriptions by API. Secrets that are shown only once go to the configured secret sink. */
public interface ManagesSubscriptions {
    /**
     * Makes sure that one subscription delivers the events of these types to this address: one that is there is brought
     * up to date, a second one is never made.
     *
     * @param target where webhooks go
     * @param types canonical record types
     * @return the subscription
     */
    Subscription subscribe(URI target, List<String> types);

    /**
     * Lists the subscriptions of this account.
     *
     * @return the subscriptions
     */
    List<Subscription> subscriptions();

    /**
     * Adds a new signing secret, which goes to the secret sink; the old one goes on signing for a while.
     *
     * @param id the subscription
     * @param overlap how long the old secret is kept, not negative. A vendor that knows one secret at a time, such as a password of
     *     webhooks, keeps none: there webhooks bear the new one at once, those that are under way the old one, and both are taken for
     *     as long as the host's {@link SecretSource} supplies both
     */
    void rotateSecret(String id, Duration overlap);

    /**
     * Removes a subscription; one that is gone already is no error.
     *
     * @param id the subscription
     */
    void unsubscribe(String id);

    /**
     * A webhook subscription.
     *
     * @param id the vendor's id
     * @param target where webhooks go
     * @param events the vendor's names of the events
     * @param active whether it delivers
     */
    record Subscription(String id, URI target, List<String> events, boolean active) {
        /** Copies the list. */
        public Subscription {
            events = List.copyOf(events);
        }
    }
}
