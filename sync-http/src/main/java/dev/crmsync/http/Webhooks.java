package dev.crmsync.http;

/** What holds for the webhooks of every vendor. */
public final class Webhooks {
    /**
     * The longest body of a webhook that is looked at, in bytes: far above what any vendor of ours sends (batches of a
     * hundred small events, or one record with its custom fields), and small enough to be held in memory many times.
     */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private Webhooks() {}
}
