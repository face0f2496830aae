/** The command crm-sync. */
module dev.crmsync.cli {
    requires dev.crmsync.core;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires static org.jspecify;

    opens dev.crmsync.cli to
            info.picocli;
}
