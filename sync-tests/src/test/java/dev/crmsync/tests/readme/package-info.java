/** README.md held against code that compiles and runs. */
@NullMarked
package dev.crmsync.tests.readme;

import org.jspecify.annotations.NullMarked;
