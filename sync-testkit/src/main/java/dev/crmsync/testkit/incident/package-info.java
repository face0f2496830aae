/** Incidents that were exported from a running engine, planned again in a test. */
@NullMarked
package dev.crmsync.testkit.incident;

import org.jspecify.annotations.NullMarked;
