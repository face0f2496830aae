@NullMarked
package dev.crmsync.json;

import org.jspecify.annotations.NullMarked;
