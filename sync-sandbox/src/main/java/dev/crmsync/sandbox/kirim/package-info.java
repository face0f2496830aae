/** A stand-in of Kirim, contacts and labels, written from its published facts. */
@NullMarked
package dev.crmsync.sandbox.kirim;

import org.jspecify.annotations.NullMarked;
