/** The command crm-sync. */
module dev.crmsync.cli {
    requires dev.crmsync.core;
    requires dev.crmsync.store.jdbc;
    requires dev.crmsync.testkit;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires static org.jspecify;

    opens dev.crmsync.cli to
            info.picocli;
}
