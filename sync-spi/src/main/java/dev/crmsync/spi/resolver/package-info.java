/** What a custom conflict resolver implements. */
@NullMarked
package dev.crmsync.spi.resolver;

import org.jspecify.annotations.NullMarked;
