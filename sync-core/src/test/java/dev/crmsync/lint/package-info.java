/** Each lint rule: a case that it finds, and a near miss. */
@NullMarked
package dev.crmsync.lint;

import org.jspecify.annotations.NullMarked;
