package dev.crmsync.quickstart;

import dev.crmsync.spi.adapter.SystemDefinition;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a CRM is and how to get in. */
sealed interface CrmAccount permits HubSpotAccount, PipedriveAccount, NotionAccount {
    /** What the CRM is called. */
    String name();

    /** What it is called in the sync. */
    String word();

    /** Its base URL. */
    String url();

    /** The sandbox's admin endpoint, or null for a real account. */
    @Nullable String admin();

    /**
     * The CRM as a system of a sync.
     *
     * @param webhooks where this host takes its webhooks
     * @param notes where this host keeps secrets
     */
    SystemDefinition system(URI webhooks, Notes notes);

    /** What people do there, and what an auditor reads; on the sandbox only. */
    Crm crm();
}
