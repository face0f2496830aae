@NullMarked
package dev.crmsync.pull;

import org.jspecify.annotations.NullMarked;
