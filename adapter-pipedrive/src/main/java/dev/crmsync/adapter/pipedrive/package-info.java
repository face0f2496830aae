/** Speaks Pipedrive's API for persons, deals or leads, notes or activities, and users. */
@NullMarked
package dev.crmsync.adapter.pipedrive;

import org.jspecify.annotations.NullMarked;
