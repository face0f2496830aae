/** The engine of crm-sync. */
module dev.crmsync.core {
    requires transitive dev.crmsync.spi;
    requires static transitive org.jspecify;
    requires com.github.benmanes.caffeine;
    requires com.google.i18n.phonenumbers.libphonenumber;

    exports dev.crmsync.fields;
    exports dev.crmsync.memory;
}
