package dev.crmsync.spi.mapping;

/**
 * How a system lets one field be read and written.
 *
 * @param readable where its value can be learned
 * @param writable how it is written
 */
public record Access(Readable readable, Writable writable) {
    /** Read by id and by event, and written by itself: the common case. */
    public static final Access READ_WRITE = new Access(Readable.BY_READ, Writable.PATCHED);

    /** Read by id and by event, never written. */
    public static final Access READ_ONLY = new Access(Readable.BY_READ, Writable.NEVER);

    /** Read by id and by event, written when a record is created and never again. */
    public static final Access READ_AND_CREATE = new Access(Readable.BY_READ, Writable.ON_CREATE);

    /** Told by events alone, never written. */
    public static final Access EVENT_ONLY = new Access(Readable.BY_EVENT, Writable.NEVER);

    /** Where a value can be learned. */
    public enum Readable {
        /** A read shows it. */
        BY_READ,
        /** Only events show it: a read leaves it absent. */
        BY_EVENT,
        /** Nothing shows it: what we wrote is assumed. */
        NEVER
    }

    /** How a value is written. */
    public enum Writable {
        /** The field, or the members or keys that changed, are written by themselves. */
        PATCHED,
        /**
         * The native property is replaced as a whole: the engine reads just before it writes and carries the parts that
         * others own as just read.
         */
        REPLACED,
        /** It is given when a record is created, and cannot be changed afterwards. */
        ON_CREATE,
        /** It cannot be written. */
        NEVER
    }
}
