/** The engine of crm-sync. */
module dev.crmsync.core {
    requires transitive dev.crmsync.spi;
    requires static transitive org.jspecify;
    requires com.github.benmanes.caffeine;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires com.fasterxml.jackson.databind;
    requires io.github.bucket4j.core;
    requires org.slf4j;

    exports dev.crmsync.delivery;
    exports dev.crmsync.discovery;
    exports dev.crmsync.engine;
    exports dev.crmsync.fields;
    exports dev.crmsync.identity;
    exports dev.crmsync.intake;
    exports dev.crmsync.json;
    exports dev.crmsync.ledger;
    exports dev.crmsync.lint;
    exports dev.crmsync.memory;
    exports dev.crmsync.pacing;
    exports dev.crmsync.planning;
    exports dev.crmsync.policy;
    exports dev.crmsync.pull;
    exports dev.crmsync.replay;
    exports dev.crmsync.review;
    exports dev.crmsync.safety;
    exports dev.crmsync.segments;

    uses dev.crmsync.spi.adapter.AdapterProvider;
}
