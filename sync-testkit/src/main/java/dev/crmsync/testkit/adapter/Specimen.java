package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The records of one type that experiments are made with, in the vendor's native properties. Immutable and thread-safe. */
public interface Specimen {
    /**
     * The canonical record type that is measured.
     *
     * @return a type that the adapter declares, such as {@code contact}
     */
    String type();

    /**
     * What a record is made with, without its join key.
     *
     * @param number which one, above 0
     * @return native properties that can be created and read, other values for each number; values that no system shows
     *     otherwise than they were given
     */
    Map<String, NativeValue> record(int number);

    /**
     * Other values for what can be changed once a record is there.
     *
     * @param number which one, above 0
     * @return two or more of the properties of {@link #record}, where the type has as many, each with a value that no record
     *     and no other edition has
     */
    Map<String, NativeValue> edited(int number);

    /**
     * Properties that may be cleared.
     *
     * @return names of properties of {@link #record}; none when nothing may be empty
     */
    Set<String> clearable();

    /**
     * A record that never was.
     *
     * @return a reference in the adapter's system with a well-formed id that nobody has
     */
    RecordRef stranger();

    /**
     * A value that the vendor refuses, whatever else is written with it.
     *
     * @return one property with such a value, or empty when the vendor refuses nothing
     */
    default Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.empty();
    }

    /**
     * Whether people alone make such records, as customers begin conversations by writing: the adapter changes them, and refuses
     * to make one. Where it is so, {@link Lever.Hand} makes the records that experiments need.
     *
     * @return false unless the vendor's API has no call that makes one
     */
    default boolean madeByPeople() {
        return false;
    }

    /**
     * How many records a listing does not show on one page, so that walks take several.
     *
     * @return above 1; 230 unless the vendor's pages are longer
     */
    default int moreThanOnePage() {
        return 230;
    }
}
