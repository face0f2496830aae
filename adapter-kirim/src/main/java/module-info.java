/** Speaks Kirim's API: contacts, webhooks and set-up. */
module dev.crmsync.adapter.kirim {
    requires static org.jspecify;
    requires transitive dev.crmsync.spi;
    requires dev.crmsync.http;
    requires com.fasterxml.jackson.databind;

    exports dev.crmsync.adapter.kirim;

    provides dev.crmsync.spi.adapter.AdapterProvider with
            dev.crmsync.adapter.kirim.KirimProvider;
}
