/** Speaks HubSpot's CRM API for contacts. */
@NullMarked
package dev.crmsync.adapter.hubspot;

import org.jspecify.annotations.NullMarked;
