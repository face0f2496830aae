package dev.crmsync.tests.histories;

import dev.crmsync.sandbox.Sandbox;
import java.util.List;
import java.util.Locale;

/** Which CRMs Kirim is kept in step with in a history. */
enum Crms {
    /** HubSpot alone. */
    HUBSPOT,
    /** Pipedrive alone. */
    PIPEDRIVE,
    /** Notion alone. */
    NOTION,
    /** All three, of which HubSpot is the primary one. */
    ALL;

    /** Those that the property {@code histories.crm} names; HubSpot unless it names any. */
    static Crms chosen() {
        return valueOf(System.getProperty("histories.crm", "hubspot").toUpperCase(Locale.ROOT));
    }

    /**
     * The CRMs of a history, the primary one first.
     *
     * @param seed what the history follows from, for what a side does in one history and not in the next
     */
    List<CrmSide> sides(Sandbox sandbox, long seed) {
        String messages = seed % 2 == 0 ? "blocks" : "comments";
        return switch (this) {
            case HUBSPOT -> List.of(new HubSpotSide(CrmSide.PRIMARY, sandbox.hubSpot()));
            case PIPEDRIVE -> List.of(new PipedriveSide(CrmSide.PRIMARY, sandbox.pipedrive()));
            case NOTION -> List.of(new NotionSide(CrmSide.PRIMARY, sandbox.notion(), messages));
            case ALL ->
                List.of(
                        new HubSpotSide(CrmSide.PRIMARY, sandbox.hubSpot()),
                        new PipedriveSide("pipedrive", sandbox.pipedrive()),
                        new NotionSide("notion", sandbox.notion(), messages));
        };
    }

    /** As the property names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
