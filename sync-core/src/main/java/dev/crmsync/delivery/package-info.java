/** Does what is due: reads what is wanted, derives what to write at the last moment, and takes in what became of it. */
@NullMarked
package dev.crmsync.delivery;

import org.jspecify.annotations.NullMarked;
