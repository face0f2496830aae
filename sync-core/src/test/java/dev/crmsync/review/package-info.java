@NullMarked
package dev.crmsync.review;

import org.jspecify.annotations.NullMarked;
