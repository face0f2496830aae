@NullMarked
package dev.crmsync.segments;

import org.jspecify.annotations.NullMarked;
