package dev.crmsync.tests.architecture.broken.adapter.kirim;

import dev.crmsync.tests.architecture.broken.adapter.hubspot.Neighbour;
import dev.crmsync.tests.architecture.broken.engine.SeesAll;

/** Reaches into the engine, and into another vendor's adapter. */
public final class SeesCoreAndNeighbour {
    public Neighbour neighbour(SeesAll engine) {
        return new Neighbour(engine.getClass().getName());
    }
}
