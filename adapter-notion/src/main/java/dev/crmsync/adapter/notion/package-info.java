/** Speaks Notion's API for pages of data sources, the blocks or comments on them, and users. */
@NullMarked
package dev.crmsync.adapter.notion;

import org.jspecify.annotations.NullMarked;
