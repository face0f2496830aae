/** The durable store: H2 in a file and PostgreSQL. */
module dev.crmsync.store.jdbc {
    requires transitive dev.crmsync.spi;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires static com.h2database;
    requires org.jdbi.v3.core;

    exports dev.crmsync.store.jdbc;
}
