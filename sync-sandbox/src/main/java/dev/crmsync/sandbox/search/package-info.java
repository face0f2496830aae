/** What a vendor's search sees of its records, and when. */
@NullMarked
package dev.crmsync.sandbox.search;

import org.jspecify.annotations.NullMarked;
