/** The Notion adapter and the sandbox's Notion, which were written apart from the same facts. */
@NullMarked
package dev.crmsync.tests.notion;

import org.jspecify.annotations.NullMarked;
