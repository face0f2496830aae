/**
 * What adapters for HTTP APIs share. An adapter makes one {@link dev.crmsync.http.HttpApi} for its system, describes
 * each request as an {@link dev.crmsync.http.HttpCall}, and turns what did not succeed into the SPI's answers through
 * {@link dev.crmsync.http.HttpFaults}.
 */
@NullMarked
package dev.crmsync.http;

import org.jspecify.annotations.NullMarked;
