package dev.crmsync.spi.adapter;

/**
 * Can check and read webhooks. It does neither network nor store access: what needs a read is said by an event of kind
 * GAP, and read later.
 */
public interface ReceivesWebhooks {
    /**
     * Checks a webhook's signature on the raw bytes, in constant time, and reads it.
     *
     * @param request the request as it came
     * @return what it is; never throws for anything that a stranger may send
     * @throws dev.crmsync.spi.SyncException when there is nothing to check the signature with: the webhook is then neither
     *     taken nor refused, and the vendor is to send it again
     */
    Receipt receive(WebhookRequest request);
}
