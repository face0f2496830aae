/** Plain data that ties a vendor's native properties to canonical fields. */
@NullMarked
package dev.crmsync.spi.mapping;

import org.jspecify.annotations.NullMarked;
