/** Rate limits in the two shapes that vendors use. */
@NullMarked
package dev.crmsync.sandbox.limits;

import org.jspecify.annotations.NullMarked;
