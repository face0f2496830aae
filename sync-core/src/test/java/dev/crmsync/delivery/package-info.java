@NullMarked
package dev.crmsync.delivery;

import org.jspecify.annotations.NullMarked;
