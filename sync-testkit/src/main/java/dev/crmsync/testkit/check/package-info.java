/** Small worlds, searched to the end: every interleaving of a few edits and faults under a policy, held against the laws. */
@NullMarked
package dev.crmsync.testkit.check;

import org.jspecify.annotations.NullMarked;
