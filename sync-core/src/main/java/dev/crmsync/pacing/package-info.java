/** Pacing: how soon a vendor may be called again, so that nobody is slowed down by somebody else's haste. */
@NullMarked
package dev.crmsync.pacing;

import org.jspecify.annotations.NullMarked;
