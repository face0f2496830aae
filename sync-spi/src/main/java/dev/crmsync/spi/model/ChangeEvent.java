package dev.crmsync.spi.model;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The normalised change event: what one webhook, page row, read or write answer says about one record, in the vendor's
 * native properties. Immutable. A property that is not in {@link #properties()} is absent and changes nothing.
 *
 * @param ref the record
 * @param kind what is said about it
 * @param properties the native properties that are known, by native name; one whose value is
 *     {@link NativeValue.Empty} was given as null
 * @param full whether every property that the adapter can read is in {@link #properties()}; even then an absent
 *     property is unknown, never empty
 * @param asOf when, on the vendor's clock, this was true
 * @param origin the vendor's mark of who made the change
 * @param evidence how strong the source is
 * @param otherRef for {@link ChangeKind#MERGE} and {@link ChangeKind#CONVERT} the record that this one became, otherwise null
 */
public record ChangeEvent(
        RecordRef ref,
        ChangeKind kind,
        Map<String, NativeValue> properties,
        boolean full,
        AsOf asOf,
        Origin origin,
        Evidence evidence,
        @Nullable RecordRef otherRef) {

    /** Copies and sorts the properties, and refuses a merge or conversion without its target. */
    public ChangeEvent {
        Objects.requireNonNull(ref, "ref");
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
        boolean needsOther = kind == ChangeKind.MERGE || kind == ChangeKind.CONVERT;
        if (needsOther && otherRef == null) {
            throw new IllegalArgumentException(kind + " of " + ref + " needs the record that it became");
        }
    }

    /**
     * A record with some of its properties.
     *
     * @param ref the record
     * @param properties the native properties that are known
     * @param asOf when this was true
     * @param evidence how strong the source is
     * @return a partial event of unknown origin
     */
    public static ChangeEvent partial(
            RecordRef ref, Map<String, NativeValue> properties, AsOf asOf, Evidence evidence) {
        return new ChangeEvent(ref, ChangeKind.UPSERT, properties, false, asOf, Origin.UNKNOWN, evidence, null);
    }

    /**
     * A record with every property that the adapter can read.
     *
     * @param ref the record
     * @param properties the native properties
     * @param asOf when this was true
     * @param evidence how strong the source is
     * @return a full event of unknown origin
     */
    public static ChangeEvent full(RecordRef ref, Map<String, NativeValue> properties, AsOf asOf, Evidence evidence) {
        return new ChangeEvent(ref, ChangeKind.UPSERT, properties, true, asOf, Origin.UNKNOWN, evidence, null);
    }

    /**
     * Something other than an upsert, without properties.
     *
     * @param ref the record
     * @param kind what happened to it; not MERGE and not CONVERT
     * @param asOf when it happened
     * @param evidence how strong the source is
     * @return the event
     */
    public static ChangeEvent of(RecordRef ref, ChangeKind kind, AsOf asOf, Evidence evidence) {
        return new ChangeEvent(ref, kind, Map.of(), false, asOf, Origin.UNKNOWN, evidence, null);
    }

    /**
     * A merge.
     *
     * @param ref the record that was merged away
     * @param into the record that it became
     * @param asOf when it happened
     * @param evidence how strong the source is
     * @return the event
     */
    public static ChangeEvent merged(RecordRef ref, RecordRef into, AsOf asOf, Evidence evidence) {
        return new ChangeEvent(ref, ChangeKind.MERGE, Map.of(), false, asOf, Origin.UNKNOWN, evidence, into);
    }

    /**
     * The same event with another mark of origin.
     *
     * @param mark the vendor's mark
     * @return a copy
     */
    public ChangeEvent withOrigin(Origin mark) {
        return new ChangeEvent(ref, kind, properties, full, asOf, mark, evidence, otherRef);
    }

    /**
     * The record that this one became.
     *
     * @return the target of a merge or conversion, otherwise empty
     */
    public Optional<RecordRef> other() {
        return Optional.ofNullable(otherRef);
    }
}
