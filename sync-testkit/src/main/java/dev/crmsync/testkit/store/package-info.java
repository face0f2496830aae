/** The contract of a store, for every test framework, and a store that crashes on purpose. */
@NullMarked
package dev.crmsync.testkit.store;

import org.jspecify.annotations.NullMarked;
