/** The one way in which an input reaches a link: load, plan, and commit by compare-and-set with all that follows. */
@NullMarked
package dev.crmsync.ledger;

import org.jspecify.annotations.NullMarked;
