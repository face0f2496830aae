/** The Pipedrive adapter and the sandbox's Pipedrive, which were written apart from the same facts. */
@NullMarked
package dev.crmsync.tests.pipedrive;

import org.jspecify.annotations.NullMarked;
