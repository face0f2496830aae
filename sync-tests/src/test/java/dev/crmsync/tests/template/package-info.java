/** The adapter that others copy, and the page about it. */
@NullMarked
package dev.crmsync.tests.template;

import org.jspecify.annotations.NullMarked;
