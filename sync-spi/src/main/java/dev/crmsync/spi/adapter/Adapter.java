package dev.crmsync.spi.adapter;

import dev.crmsync.spi.mapping.Mapping;
import java.util.List;

/**
 * Speaks one vendor's API for one system, in the vendor's own native properties. What an adapter can do is said by the
 * capability interfaces that it implements beside this one ({@link ReadsOne}, {@link WritesMany}, …), what may be
 * relied on by its {@link Declaration}.
 *
 * <p>Implementations are thread-safe: the engine calls them from several threads at once. Faults that concern the whole
 * call (network, credentials, limits) are thrown as {@link dev.crmsync.spi.SyncException}; what a vendor answers about
 * one record is returned as {@link Read} or {@link Outcome}. An adapter never decides about fields, never retries on
 * its own account and keeps no state that a restart would miss.
 */
public interface Adapter extends AutoCloseable {
    /**
     * What the engine may rely on.
     *
     * @return the declaration, the same at every call
     */
    Declaration declaration();

    /**
     * How this vendor's native properties are mapped unless the user says otherwise.
     *
     * @return one mapping for each record type that the adapter speaks
     */
    List<Mapping> defaultMappings();

    /** Gives up connections. Calls that are under way may fail with a transient fault. */
    @Override
    default void close() {}
}
