/** The version of this SPI and the one exception that its methods throw. */
@NullMarked
package dev.crmsync.spi;

import org.jspecify.annotations.NullMarked;
