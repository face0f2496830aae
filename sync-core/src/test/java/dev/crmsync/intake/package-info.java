@NullMarked
package dev.crmsync.intake;

import org.jspecify.annotations.NullMarked;
