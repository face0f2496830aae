package dev.crmsync.tests.architecture.broken.store;

import dev.crmsync.tests.architecture.broken.engine.SeesAll;

/** Reaches into the engine. */
public final class StoreSeesCore {
    private StoreSeesCore() {}

    public static SeesAll engine() {
        return new SeesAll();
    }
}
