package dev.crmsync.spi.adapter;

/** Can create and change one record in a call. */
public interface WritesOne {
    /**
     * Writes one record. Makes one attempt and never repeats it.
     *
     * @param write what to write
     * @return what the vendor answered
     * @throws dev.crmsync.spi.SyncException only where it is certain that nothing was written: AUTH, RATE_LIMITED
     */
    Outcome write(Write write);
}
