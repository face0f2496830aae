@NullMarked
package dev.crmsync.ledger;

import org.jspecify.annotations.NullMarked;
