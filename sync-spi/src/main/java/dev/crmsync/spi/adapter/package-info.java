/** What a vendor's adapter implements: small capability interfaces, declared properties and sealed answers. */
@NullMarked
package dev.crmsync.spi.adapter;

import org.jspecify.annotations.NullMarked;
