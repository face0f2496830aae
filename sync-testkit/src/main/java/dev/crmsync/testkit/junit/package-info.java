/** A thin Jupiter face of the testkit, for JUnit 5.12 and later and for 6. Everything behind it is there without a framework. */
@NullMarked
package dev.crmsync.testkit.junit;

import org.jspecify.annotations.NullMarked;
