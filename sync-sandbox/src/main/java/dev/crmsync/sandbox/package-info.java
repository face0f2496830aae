/** Stand-ins of the vendors over real HTTP: start them here, from a command line or inside a test. */
@NullMarked
package dev.crmsync.sandbox;

import org.jspecify.annotations.NullMarked;
