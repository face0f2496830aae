@NullMarked
package dev.crmsync.replay;

import org.jspecify.annotations.NullMarked;
