/** What waits for a person: reviews to answer, and dead letters to try again. */
@NullMarked
package dev.crmsync.review;

import org.jspecify.annotations.NullMarked;
