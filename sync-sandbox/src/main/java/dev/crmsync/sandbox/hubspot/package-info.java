/** A stand-in of HubSpot, contacts, written from its published facts. */
@NullMarked
package dev.crmsync.sandbox.hubspot;

import org.jspecify.annotations.NullMarked;
