/**
 * What adapters for HTTP APIs share: one attempt at a call with a bounded answer, a taxonomy of what went wrong, quota
 * reports, strict JSON and signature checks.
 */
module dev.crmsync.http {
    requires static transitive org.jspecify;
    requires transitive dev.crmsync.spi;
    requires transitive com.fasterxml.jackson.databind;
    requires java.net.http;

    exports dev.crmsync.http;
}
