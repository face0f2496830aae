/** The in-memory store: for tests, simulation and trying things out. It forgets everything with its process. */
@NullMarked
package dev.crmsync.memory;

import org.jspecify.annotations.NullMarked;
