/** Small systems in memory, and a world in which an engine keeps them in step without threads. */
@NullMarked
package dev.crmsync.toy;

import org.jspecify.annotations.NullMarked;
