/** Acme, a vendor that never was, with a stand-in of its API over HTTP and an adapter: what the adapter contract is tried on. */
@NullMarked
package dev.crmsync.testkit.acme;

import org.jspecify.annotations.NullMarked;
