/** Takes webhooks in: checks, splits and stores them before they are answered, and plans them in the order of each record. */
@NullMarked
package dev.crmsync.intake;

import org.jspecify.annotations.NullMarked;
