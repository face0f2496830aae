@NullMarked
package dev.crmsync.safety;

import org.jspecify.annotations.NullMarked;
