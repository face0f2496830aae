package dev.crmsync.policy;

import dev.crmsync.spi.field.Field;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a type are in scope at a system, and what sync may do to records there. Immutable.
 *
 * @param mayCreate whether sync may make new records there
 * @param mayArchive whether sync may archive records there when they are gone elsewhere
 * @param scope a field that a link must have an agreed value of before a record is made there, or null for all links
 */
public record RecordRule(
        boolean mayCreate, boolean mayArchive, @Nullable Field scope) {
    /** Records are followed, never made and never archived: the default. */
    public static final RecordRule FOLLOW = new RecordRule(false, false, null);

    /** Records are followed and made, never archived. */
    public static final RecordRule CREATE = new RecordRule(true, false, null);
}
