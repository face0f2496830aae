package dev.crmsync.fields;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The id of another record of the same system in one slot. */
final class ReferenceSlot {
    private ReferenceSlot() {}

    static @Nullable Value get(
            String system, Lens.ReferenceTo lens, NativeValue raw, Function<RecordRef, @Nullable String> references) {
        if (NativeText.isBlank(raw)) {
            return Value.EMPTY;
        }
        String link = references.apply(new RecordRef(system, lens.type(), NativeText.of(raw)));
        return link == null ? null : new Value.Reference(link);
    }

    static @Nullable NativeValue put(
            Value wanted, @Nullable NativeValue raw, Function<String, @Nullable String> recordIds) {
        if (wanted instanceof Value.Empty) {
            return raw != null && NativeText.isBlank(raw) ? raw : NativeValue.EMPTY;
        }
        String id = wanted instanceof Value.Reference reference ? recordIds.apply(reference.link()) : null;
        if (id == null) {
            return null;
        }
        return raw != null && NativeText.of(raw).equals(id) ? raw : NativeText.alike(id, raw);
    }
}
