/** The laws of ARCHITECTURE over the compiled classes of every module, and the proof that each law can fail. */
@NullMarked
package dev.crmsync.tests.architecture;

import org.jspecify.annotations.NullMarked;
