/** The laboratory: whole histories of toy systems, people and faults from one seed, held against the laws. */
@NullMarked
package dev.crmsync.testkit.simulation;

import org.jspecify.annotations.NullMarked;
