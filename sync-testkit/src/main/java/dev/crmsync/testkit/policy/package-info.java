/** Policy tests: given, when, then, without an engine, a store or a clock. */
@NullMarked
package dev.crmsync.testkit.policy;

import org.jspecify.annotations.NullMarked;
