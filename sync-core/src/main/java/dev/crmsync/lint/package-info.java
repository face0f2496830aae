/**
 * Judges rules before they run: what a policy, its mappings and what the adapters declare would do to people's data. It
 * knows no clock and does no I/O.
 */
@NullMarked
package dev.crmsync.lint;

import org.jspecify.annotations.NullMarked;
