/** Speaks HubSpot's CRM API: contacts, webhooks and set-up. */
module dev.crmsync.adapter.hubspot {
    requires static org.jspecify;
    requires transitive dev.crmsync.spi;
    requires dev.crmsync.http;
    requires com.fasterxml.jackson.databind;

    exports dev.crmsync.adapter.hubspot;

    provides dev.crmsync.spi.adapter.AdapterProvider with
            dev.crmsync.adapter.hubspot.HubSpotProvider;
}
