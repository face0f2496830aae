/** The pure planner: what is believed of a link, what an input changes of it, and what has to be read or written next. */
@NullMarked
package dev.crmsync.planning;

import org.jspecify.annotations.NullMarked;
