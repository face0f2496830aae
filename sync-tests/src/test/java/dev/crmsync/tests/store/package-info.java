/** What is left of a store whose process was killed. */
@org.jspecify.annotations.NullMarked
package dev.crmsync.tests.store;
