/** Mirrors segments of one system as labels of another, in large batches and within a plan. */
@NullMarked
package dev.crmsync.segments;

import org.jspecify.annotations.NullMarked;
