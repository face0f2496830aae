/** Small worlds of every shipped rule, and worlds that are spoilt on purpose. */
@NullMarked
package dev.crmsync.testkit.check;

import org.jspecify.annotations.NullMarked;
