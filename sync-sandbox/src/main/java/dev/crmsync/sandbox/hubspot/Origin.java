package dev.crmsync.sandbox.hubspot;

/**
 * Who made a change, as webhooks and history tell it.
 *
 * @param source changeSource
 * @param sourceId sourceId; empty when it is not told
 */
record Origin(String source, String sourceId) {
    /** A person in the vendor's own pages. */
    static final Origin PERSON = new Origin("CRM_UI", "userId:123");
    /** A bulk import. */
    static final Origin IMPORT = new Origin("IMPORT", "1");
}
