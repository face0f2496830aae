/** The main job as a process of its own: run, killed, and gone on with. */
@NullMarked
package dev.crmsync.tests.quickstart;

import org.jspecify.annotations.NullMarked;
