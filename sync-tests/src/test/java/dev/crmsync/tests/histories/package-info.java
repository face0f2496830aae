/** Histories of two people's accounts that nobody has chosen, from end to end: real HTTP, a real database, the shipped adapters and policy. */
@org.jspecify.annotations.NullMarked
package dev.crmsync.tests.histories;
