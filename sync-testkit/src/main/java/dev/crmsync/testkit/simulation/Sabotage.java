package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.store.Store;

/** A way to break the toy world on purpose, so that each law can be seen to fail. Breaks nothing unless told to. */
interface Sabotage {
    /** Breaks nothing. */
    Sabotage NONE = new Sabotage() {};

    /** The adapter that the engine is given for a toy. */
    default Adapter adapter(ToySystem honest) {
        return honest;
    }

    /** The store that the engine is given. */
    default Store store(Store honest) {
        return honest;
    }
}
