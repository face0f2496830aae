package dev.crmsync.testkit.check;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
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
     * @param until when the last deed was that the answer shows, on the system's clock, or null likewise
     */
    record Reading(
            long issued,
            @Nullable ChangeEvent sample,
            @Nullable Instant until) implements Call {}

    /**
     * A write was begun and has not reached the vendor.
     *
     * @param flight the link's sequence when it was begun
     * @param properties the native properties sent
     * @param counts the fields in it of which no edit was unknown when it was begun
     */
    record Sending(long flight, boolean create, SortedMap<String, NativeValue> properties, SortedSet<String> counts)
            implements Call {}

    /**
     * A write has taken effect, and its answer is on its way.
     *
     * @param flight the link's sequence when it was begun
     * @param outcome the answer
     * @param until when the last deed was that the answer shows, on the system's clock
     * @param counts the fields in it of which no edit was unknown when it was begun
     */
    record Answering(long flight, Outcome outcome, Instant until, SortedSet<String> counts) implements Call {}
}
