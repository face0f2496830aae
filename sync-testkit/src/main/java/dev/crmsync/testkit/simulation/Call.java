package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Write;
import org.jspecify.annotations.Nullable;

/** One write, or one archiving, that reached a vendor's door, as the vendor's own log has it. */
final class Call {
    final int number;
    final String system;
    final Write write;

    /** Whether it archives the record; then the write says no more than which one. */
    final boolean archives;

    /** When the adapter was asked, which is after the engine began the write. */
    final long begun;

    /** What it truly did, or null when it did nothing. */
    @Nullable Deed deed;

    /** What the engine was told, or null when it died before it was told anything. */
    @Nullable Outcome answer;

    Call(int number, String system, Write write, boolean archives, long begun) {
        this.archives = archives;
        this.number = number;
        this.system = system;
        this.write = write;
        this.begun = begun;
    }

    /** When the engine had taken in what it was told, or 0 when it died before it could. */
    long heard;

    boolean acknowledged() {
        return answer instanceof Outcome.Done && heard > 0;
    }
}
