package dev.crmsync.sandbox.webhook;

/** One webhook on its way to one subscriber, with all of its attempts. Guarded by its courier. */
public final class Delivery {
    /** How a delivery stands. */
    public enum Status {
        /** Not yet delivered; it will be tried, or tried again. */
        PENDING,
        /** Answered with 2xx. */
        DELIVERED,
        /** Ended by an answer that the vendor takes as final. */
        FAILED,
        /** Ended because every attempt was used up. */
        DEAD
    }

    /** The vendor's id of this delivery. */
    public String id = "";
    /** Type of the event, or of the first one of a batch. */
    public String type = "";
    /** Id of the event, empty for batches. */
    public String eventId = "";
    /** The subscription that it belongs to. */
    public String subscription = "";
    /** Id of the delivery that this one replays, empty for an original. */
    public String replayOf = "";
    /** The body as it was first composed. */
    public String body = "";
    /** How many events the body carries. */
    public int events = 1;

    public Status status = Status.PENDING;
    public int attempts;
    public long createdAt;
    public long dueAt;
    public int lastStatus;
    public String lastError = "";

    /** A copy for readers. */
    public Delivery copy() {
        Delivery copy = new Delivery();
        copy.id = id;
        copy.type = type;
        copy.eventId = eventId;
        copy.subscription = subscription;
        copy.replayOf = replayOf;
        copy.body = body;
        copy.events = events;
        copy.status = status;
        copy.attempts = attempts;
        copy.createdAt = createdAt;
        copy.dueAt = dueAt;
        copy.lastStatus = lastStatus;
        copy.lastError = lastError;
        return copy;
    }
}
