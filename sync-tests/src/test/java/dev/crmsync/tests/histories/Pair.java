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

    CrmSide side(Sandbox sandbox) {
        return switch (this) {
            case HUBSPOT -> new HubSpotSide(sandbox.hubSpot());
            case PIPEDRIVE -> new PipedriveSide(sandbox.pipedrive());
            case NOTION -> new NotionSide(sandbox.notion());
        };
    }

    /** As the property names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
