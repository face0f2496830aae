@NullMarked
package dev.crmsync.discovery;

import org.jspecify.annotations.NullMarked;
