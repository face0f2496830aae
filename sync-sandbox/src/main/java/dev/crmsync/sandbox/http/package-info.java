/** The HTTP floor that every stand-in stands on: requests, answers, routes, the loopback server and its faults. */
@NullMarked
package dev.crmsync.sandbox.http;

import org.jspecify.annotations.NullMarked;
