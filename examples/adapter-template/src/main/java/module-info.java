/** Speaks Ledgerly's API. */
module com.example.ledgerly {
    requires static org.jspecify;
    requires transitive dev.crmsync.spi;
    requires dev.crmsync.http;
    requires com.fasterxml.jackson.databind;

    exports com.example.ledgerly;

    // On the module path this line registers the provider, on the class path the file in META-INF/services does.
    provides dev.crmsync.spi.adapter.AdapterProvider with
            com.example.ledgerly.LedgerlyProvider;
}
