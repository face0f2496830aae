package dev.crmsync.planning;

import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bag that we have replaced as a whole, or are replacing, and that has not been read since. Immutable.
 *
 * @param asOf from when on our whole stood, on the system's clock; null while nobody has told
 * @param carried what our whole carried in those slots that were told otherwise meanwhile, empty where it carried nothing: they may
 *     have been edited before it came to stand
 */
public record Replaced(@Nullable AsOf asOf, SortedMap<String, NativeValue> carried) {
    static final Replaced BEGUN = new Replaced(null, new TreeMap<>());

    /** Copies the slots. */
    public Replaced {
        carried = Collections.unmodifiableSortedMap(new TreeMap<>(carried));
    }

    Replaced since(@Nullable AsOf told) {
        return new Replaced(told, carried);
    }

    Replaced overlaid(String slot, NativeValue whole) {
        TreeMap<String, NativeValue> more = new TreeMap<>(carried);
        more.putIfAbsent(slot, whole);
        return new Replaced(asOf, more);
    }

    Replaced without(String slot) {
        TreeMap<String, NativeValue> left = new TreeMap<>(carried);
        left.remove(slot);
        return new Replaced(asOf, left);
    }

    /** Whether something is known to be of a time when our whole stood already. */
    boolean before(AsOf other) {
        return asOf != null && other.compare(asOf) == AsOf.Order.AFTER;
    }

    /** Whether something is known to be of a time when our whole did not stand yet. */
    boolean after(AsOf other) {
        return asOf != null && other.compare(asOf) == AsOf.Order.BEFORE;
    }
}
