/** The durable store, on any JDBC DataSource of a database that it knows. */
@NullMarked
package dev.crmsync.store.jdbc;

import org.jspecify.annotations.NullMarked;
