/** The pages that explain codes, rules and traps, held against the code. */
@NullMarked
package dev.crmsync.tests.catalogue;

import org.jspecify.annotations.NullMarked;
