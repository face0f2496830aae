/** Canonical fields, their types and their values: the common language of all systems of a sync. */
@NullMarked
package dev.crmsync.spi.field;

import org.jspecify.annotations.NullMarked;
