/** Delivery of webhooks: when they leave, what may go wrong on the way, and what the vendor does about it. */
@NullMarked
package dev.crmsync.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
