@NullMarked
package dev.crmsync.engine;

import org.jspecify.annotations.NullMarked;
