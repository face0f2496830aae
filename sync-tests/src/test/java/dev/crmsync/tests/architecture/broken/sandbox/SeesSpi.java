package dev.crmsync.tests.architecture.broken.sandbox;

import dev.crmsync.tests.architecture.broken.spi.ShowsGuava;

/** Shares code with what it should check. */
public final class SeesSpi {
    @Override
    public String toString() {
        return String.join(",", ShowsGuava.names());
    }
}
