package dev.crmsync.sandbox.http;

/** A request that a stand-in refuses, carrying the ready answer in the vendor's own words. */
public class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Reply reply;

    /** Refuses with this answer. */
    public Refusal(String message, Reply reply) {
        super(message, null, false, false);
        this.reply = reply;
    }

    /** The answer to send. */
    public Reply reply() {
        return reply;
    }
}
