/** A stand-in of Notion: data sources, pages, blocks, comments, users, search and webhooks. */
@NullMarked
package dev.crmsync.sandbox.notion;

import org.jspecify.annotations.NullMarked;
