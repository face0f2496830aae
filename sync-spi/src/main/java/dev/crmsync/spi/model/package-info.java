/** What flows: native values, record references, as-of intervals and normalised change events. */
@NullMarked
package dev.crmsync.spi.model;

import org.jspecify.annotations.NullMarked;
