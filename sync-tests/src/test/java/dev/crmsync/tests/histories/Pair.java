package dev.crmsync.tests.histories;

import dev.crmsync.sandbox.Sandbox;
import java.util.Locale;

/** Which CRM Kirim is kept in step with in a history. */
enum Pair {
    /** Kirim and HubSpot. */
    HUBSPOT,
    /** Kirim and Pipedrive. */
    PIPEDRIVE,
    /** Kirim and Notion. */
    NOTION;

    /** The one that the property {@code histories.pair} names; HubSpot unless it names one. */
    static Pair chosen() {
        return valueOf(System.getProperty("histories.pair", "hubspot").toUpperCase(Locale.ROOT));
    }

    /**
     * The CRM of a history.
     *
     * @param seed what the history follows from, for what a side does in one history and not in the next
     */
    CrmSide side(Sandbox sandbox, long seed) {
        return switch (this) {
            case HUBSPOT -> new HubSpotSide(sandbox.hubSpot());
            case PIPEDRIVE -> new PipedriveSide(sandbox.pipedrive());
            case NOTION -> new NotionSide(sandbox.notion(), seed % 2 == 0 ? "blocks" : "comments");
        };
    }

    /** As the property names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
