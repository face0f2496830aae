package dev.crmsync.sandbox.pipedrive;

/**
 * Who made a change, as webhooks and the changelog tell it.
 *
 * @param source change_source
 * @param userId whose token or whose hand it was
 * @param agent the user agent, which the changelog alone shows
 * @param bulk whether it was one of many in one go
 */
record PipedriveOrigin(String source, long userId, String agent, boolean bulk) {
    /** The API's change_source. */
    static final String API = "api";

    /** A person in the vendor's own pages. */
    static PipedriveOrigin person(long userId) {
        return new PipedriveOrigin("app", userId, "Mozilla/5.0", false);
    }
}
