/**
 * All that an adapter, a store or a resolver compiles against: the model of what flows, fields and lenses as plain
 * data, and the interfaces that third parties implement. It depends on nothing but the JDK and JSpecify's annotations.
 */
module dev.crmsync.spi {
    requires static transitive org.jspecify;

    exports dev.crmsync.spi;
    exports dev.crmsync.spi.adapter;
    exports dev.crmsync.spi.field;
    exports dev.crmsync.spi.mapping;
    exports dev.crmsync.spi.model;
    exports dev.crmsync.spi.resolver;
    exports dev.crmsync.spi.store;
}
