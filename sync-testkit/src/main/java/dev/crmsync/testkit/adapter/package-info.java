/** The contract of an adapter as numbered rules, measured by experiment on an account, and the report that they make. */
@NullMarked
package dev.crmsync.testkit.adapter;

import org.jspecify.annotations.NullMarked;
