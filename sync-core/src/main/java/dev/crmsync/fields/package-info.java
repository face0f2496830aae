/** Canonical forms, equivalence, and the functions behind the lens data of the SPI. The one place that sees libphonenumber. */
@NullMarked
package dev.crmsync.fields;

import org.jspecify.annotations.NullMarked;
