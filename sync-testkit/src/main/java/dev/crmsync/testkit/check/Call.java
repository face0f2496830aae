package dev.crmsync.testkit.check;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What the engine is doing at a system at this moment. It is in memory alone: an engine that dies forgets it. */
sealed interface Call {
    /**
     * A read is under way.
     *
     * @param issued the link's sequence when it was issued
     * @param sample what the vendor has put into its answer, or null while it has not looked yet
     */
    record Reading(long issued, @Nullable ChangeEvent sample) implements Call {}

    /**
     * A write was begun and has not reached the vendor.
     *
     * @param flight the link's sequence when it was begun
     * @param properties the native properties sent
     * @param counts the fields in it of which no edit was unknown when it was begun
     */
    record Sending(long flight, boolean create, SortedMap<String, NativeValue> properties, SortedSet<String> counts)
            implements Call {}

    /** A write has taken effect, and its answer is on its way. */
    record Answering(long flight, Outcome outcome, SortedSet<String> counts) implements Call {}
}
