package dev.crmsync.sandbox.webhook;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a vendor that gathers events still has to tell: events that wait for others, and deliveries on their way.
 *
 * @param gathering the events
 * @param courier the deliveries
 */
public record GatheringOutbox(Gathering gathering, Courier courier) implements Outbox {

    /** Events before they leave. */
    public interface Gathering {
        /** How many wait or are being gathered. */
        int size();

        /** Makes what is delayed leave now. */
        void hasten();
    }

    @Override
    public int pending() {
        return gathering.size() + courier.pending();
    }

    @Override
    public boolean quiet(boolean retries) {
        return gathering.size() == 0 && courier.quiet(retries);
    }

    @Override
    public void hasten(boolean retries) {
        gathering.hasten();
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
