/** Policies: who decides a field, who receives it, who may seed it, and which records may be made. */
@NullMarked
package dev.crmsync.policy;

import org.jspecify.annotations.NullMarked;
