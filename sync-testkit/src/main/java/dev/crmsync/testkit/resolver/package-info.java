/** Holds a resolver of one's own against the laws under which it is safe to use. */
@NullMarked
package dev.crmsync.testkit.resolver;

import org.jspecify.annotations.NullMarked;
