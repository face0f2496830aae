/** Measured claims: what planning and storing a link costs, beside what the bare minimum would cost. */
@NullMarked
package dev.crmsync.benchmarks;

import org.jspecify.annotations.NullMarked;
