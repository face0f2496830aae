/** Which records are the same thing: a pure function from what was looked up to changes of identity. */
@NullMarked
package dev.crmsync.identity;

import org.jspecify.annotations.NullMarked;
