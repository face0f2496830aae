/** Pipedrive's stand-in: one company with one API token. Facts: persons, deals, activities, notes, leads, webhooks, limits. */
@NullMarked
package dev.crmsync.sandbox.pipedrive;

import org.jspecify.annotations.NullMarked;
