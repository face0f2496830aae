package dev.crmsync.tests.architecture.broken.http;

import dev.crmsync.tests.architecture.broken.engine.SeesAll;

/** Reaches into the engine. */
public final class HttpSeesCore {
    private HttpSeesCore() {}

    public static SeesAll engine() {
        return new SeesAll();
    }
}
