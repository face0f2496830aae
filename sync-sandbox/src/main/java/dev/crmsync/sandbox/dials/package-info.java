/** Dials: every fact that is unproven, contradictory or a matter of load, as a named value that can be turned while running. */
@NullMarked
package dev.crmsync.sandbox.dials;

import org.jspecify.annotations.NullMarked;
