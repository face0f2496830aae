/**
 * Safety: what a run over all records would do is shown before it is done, and a run that would do more than its budget
 * stops before it writes.
 */
@NullMarked
package dev.crmsync.safety;

import org.jspecify.annotations.NullMarked;
