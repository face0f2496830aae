package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.ChangeEvent;
import org.jspecify.annotations.Nullable;

/** What a vendor said of a record, and when it was said, let in, and taken into account. */
final class Sighting {
    /** When the vendor's books stood as it says. */
    final long taken;

    final ChangeEvent event;

    /** The webhook that said it, or null for a read, a page or a write's answer. */
    final @Nullable Notice notice;

    /** When the engine answered for the first time that it has it, or 0. */
    long accepted;

    /** When the first commit that took it into account was done, or 0. */
    long planned;

    Sighting(long taken, ChangeEvent event, @Nullable Notice notice) {
        this.taken = taken;
        this.event = event;
        this.notice = notice;
    }
}
