/** The one place where JSON meets the model: links, events, journal and reviews as bytes. */
@NullMarked
package dev.crmsync.json;

import org.jspecify.annotations.NullMarked;
