@NullMarked
package dev.crmsync.pacing;

import org.jspecify.annotations.NullMarked;
