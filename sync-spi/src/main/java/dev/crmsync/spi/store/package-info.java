/** What a store implements: links, inbox, due work, journal and the tables beside them, with opaque bytes of state. */
@NullMarked
package dev.crmsync.spi.store;

import org.jspecify.annotations.NullMarked;
