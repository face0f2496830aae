package dev.crmsync.planning;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * A value that a rule is asked about: one seen for the first time, or a real edit.
 *
 * @param link the link; its last-seen values show the value already
 * @param system the system that holds the value
 * @param field the field
 * @param value the value
 * @param held what the system held before, or null when the value is seen for the first time
 * @param agreed the agreed value, or null when there is none
 * @param asOf when the value was true
 * @param evidence how strong the source is
 */
record Sight(
        LinkDraft link,
        String system,
        Field field,
        Value value,
        @Nullable Value held,
        @Nullable Value agreed,
        AsOf asOf,
        Evidence evidence) {

    /** Whether there is no agreed value, or one that holds nothing. */
    boolean nothingAgreed() {
        return agreed == null || agreed.isBlank();
    }
}
