/** Speaks Pipedrive's API: persons, deals or leads, notes or activities, users, webhooks and set-up. */
module dev.crmsync.adapter.pipedrive {
    requires static org.jspecify;
    requires transitive dev.crmsync.spi;
    requires dev.crmsync.http;
    requires com.fasterxml.jackson.databind;

    exports dev.crmsync.adapter.pipedrive;

    provides dev.crmsync.spi.adapter.AdapterProvider with
            dev.crmsync.adapter.pipedrive.PipedriveProvider;
}
