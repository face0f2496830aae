/** Speaks Kirim's API for contacts. */
@NullMarked
package dev.crmsync.adapter.kirim;

import org.jspecify.annotations.NullMarked;
