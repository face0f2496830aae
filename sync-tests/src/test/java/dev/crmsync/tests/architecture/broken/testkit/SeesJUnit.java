package dev.crmsync.tests.architecture.broken.testkit;

import org.junit.jupiter.api.Tag;

/** Ties users to one test framework. */
@Tag("broken")
public final class SeesJUnit {}
