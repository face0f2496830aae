package dev.crmsync.http;

import dev.crmsync.spi.SyncException;

/** What became of one call: an answer, or none. All variants are immutable. */
public sealed interface HttpReply permits HttpAnswer, HttpReply.NotSent, HttpReply.Lost {
    /**
     * The vendor certainly did not see the call: no connection came about.
     *
     * @param system the system that was called
     * @param reason what happened, without secrets or personal values
     */
    record NotSent(String system, String reason) implements HttpReply {}

    /**
     * Nobody knows whether the vendor saw the call, or what it did: the answer did not come, or was too long.
     *
     * @param system the system that was called
     * @param reason what happened, without secrets or personal values
     */
    record Lost(String system, String reason) implements HttpReply {}

    /**
     * The answer, for calls that change nothing and can therefore simply be tried again.
     *
     * @return the answer, of whatever status
     * @throws SyncException of kind TRANSIENT when there is none
     */
    default HttpAnswer orThrow() {
        if (this instanceof HttpAnswer answer) {
            return answer;
        }
        throw HttpFaults.ofRead(this);
    }
}
