package dev.crmsync.fields;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import org.jspecify.annotations.Nullable;

/** The lenses that read and write one slot and need nothing else. */
final class OneSlot {
    private final Canon canon;

    OneSlot(Canon canon) {
        this.canon = canon;
    }

    Value get(Lens lens, Field field, NativeValue raw) {
        if (NativeText.isBlank(raw)) {
            boolean emptySet = field.type() == FieldType.MEMBERS && raw instanceof NativeValue.Items;
            return emptySet ? Value.members() : Value.EMPTY;
        }
        return canon.canonical(field, shown(lens, raw));
    }

    /** The raw value as it was when it means the same; null when what would be written reads back as another value. */
    @Nullable NativeValue put(Lens lens, Field field, Value wanted, @Nullable NativeValue raw) {
        if (raw != null && canon.equivalent(field, get(lens, field, raw), wanted)) {
            return raw;
        }
        NativeValue written = written(lens, wanted, raw);
        return written != null && canon.equivalent(field, get(lens, field, written), wanted) ? written : null;
    }

    private static Value shown(Lens lens, NativeValue raw) {
        if (lens instanceof Lens.Coded coded) {
            return ScalarSlot.get(coded, raw);
        } else if (lens instanceof Lens.Timestamp timestamp) {
            return ScalarSlot.get(timestamp, raw);
        } else if (lens instanceof Lens.Delimited delimited) {
            return MemberSlot.get(raw, delimited.separator());
        } else if (lens instanceof Lens.ListOf) {
            return MemberSlot.get(raw, null);
        }
        return ScalarSlot.get(raw);
    }

    private static @Nullable NativeValue written(Lens lens, Value wanted, @Nullable NativeValue raw) {
        if (wanted instanceof Value.Empty) {
            return NativeValue.EMPTY;
        } else if (lens instanceof Lens.Coded coded) {
            return ScalarSlot.put(coded, wanted, raw);
        } else if (lens instanceof Lens.Timestamp timestamp) {
            return ScalarSlot.put(timestamp, wanted, raw);
        } else if (lens instanceof Lens.Delimited delimited) {
            return wanted instanceof Value.Members m ? MemberSlot.put(m.members(), raw, delimited.separator()) : null;
        } else if (lens instanceof Lens.ListOf) {
            return wanted instanceof Value.Members m ? MemberSlot.put(m.members(), raw, null) : null;
        }
        return ScalarSlot.put(wanted, raw);
    }
}
