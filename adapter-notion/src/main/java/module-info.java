/** Speaks Notion's API: pages of data sources, blocks or comments, users, webhooks and set-up. */
module dev.crmsync.adapter.notion {
    requires static org.jspecify;
    requires transitive dev.crmsync.spi;
    requires dev.crmsync.http;
    requires com.fasterxml.jackson.databind;

    exports dev.crmsync.adapter.notion;

    provides dev.crmsync.spi.adapter.AdapterProvider with
            dev.crmsync.adapter.notion.NotionProvider;
}
