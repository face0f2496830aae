package dev.crmsync.sandbox.hubspot;

import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.Delivery;
import dev.crmsync.sandbox.webhook.Outbox;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What HubSpot still has to tell: events that wait for their batch, and batches on their way. */
record HubSpotOutbox(HubSpotEvents events, Courier courier) implements Outbox {
    @Override
    public int pending() {
        return events.size() + courier.pending();
    }

    @Override
    public boolean quiet(boolean retries) {
        return events.quiet() && courier.quiet(retries);
    }

    @Override
    public void hasten(boolean retries) {
        events.hasten();
        courier.hasten(retries);
    }

    @Override
    public Map<String, Integer> tally() {
        return courier.tally();
    }

    @Override
    public List<Delivery> deliveries(Predicate<Delivery> which) {
        return courier.deliveries(which);
    }
}
