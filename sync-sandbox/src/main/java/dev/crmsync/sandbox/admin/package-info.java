/** The admin endpoint's common part: dials, faults, counts, deliveries, quiet, flush and reset. */
@NullMarked
package dev.crmsync.sandbox.admin;

import org.jspecify.annotations.NullMarked;
