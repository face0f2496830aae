/** Discovery: which provider makes the adapter of a system, and what to do when that is not clear. */
@NullMarked
package dev.crmsync.discovery;

import org.jspecify.annotations.NullMarked;
