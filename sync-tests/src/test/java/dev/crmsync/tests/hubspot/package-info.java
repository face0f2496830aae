/** The HubSpot adapter and the sandbox's HubSpot, which were written apart from the same facts. */
@NullMarked
package dev.crmsync.tests.hubspot;

import org.jspecify.annotations.NullMarked;
