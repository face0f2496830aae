/** Policy tests, the deterministic simulator and contract kits, free of any test framework. */
module dev.crmsync.testkit {
    requires transitive dev.crmsync.core;
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;

    exports dev.crmsync.testkit.adapter;
    exports dev.crmsync.testkit.check;
    exports dev.crmsync.testkit.incident;
    exports dev.crmsync.testkit.junit;
    exports dev.crmsync.testkit.policy;
    exports dev.crmsync.testkit.resolver;
    exports dev.crmsync.testkit.simulation;
    exports dev.crmsync.testkit.store;
}
