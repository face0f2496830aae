package dev.crmsync.fields;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value in one slot: plain, as a vendor's code, or as an instant. What is read still wants its canonical form. */
final class ScalarSlot {
    private ScalarSlot() {}

    static Value get(NativeValue raw) {
        if (raw instanceof NativeValue.Number n) {
            return new Value.Number(n.number());
        } else if (raw instanceof NativeValue.Flag f) {
            return new Value.Flag(f.flag());
        }
        return new Value.Text(NativeText.of(raw));
    }

    static @Nullable NativeValue put(Value value, @Nullable NativeValue before) {
        if (value instanceof Value.Text t) {
            return new NativeValue.Text(t.text());
        } else if (value instanceof Value.Number n) {
            return before instanceof NativeValue.Number
                    ? new NativeValue.Number(n.number())
                    : new NativeValue.Text(Numbers.plain(n.number()));
        } else if (value instanceof Value.Flag f) {
            return before instanceof NativeValue.Flag
                    ? new NativeValue.Flag(f.flag())
                    : new NativeValue.Text(Boolean.toString(f.flag()));
        }
        return null;
    }

    static Value get(Lens.Coded lens, NativeValue raw) {
        String code = NativeText.of(raw);
        String known = lens.canonicalByNative().get(code);
        if (known == null) {
            known = lens.canonicalByNative().get(CanonicalText.of(code));
        }
        return new Value.Text(known == null ? code : known);
    }

    static @Nullable NativeValue put(Lens.Coded lens, Value value, @Nullable NativeValue before) {
        if (!(value instanceof Value.Text wanted)) {
            return null;
        }
        if (before != null && means(lens, before, wanted)) {
            return before;
        }
        for (Map.Entry<String, String> written : lens.nativeByCanonical().entrySet()) {
            if (CanonicalText.of(written.getKey()).equals(wanted.text())) {
                return NativeText.alike(written.getValue(), before);
            }
        }
        return null;
    }

    /** Whether what is there stands for the wanted code already, in whichever of its words. */
    private static boolean means(Lens.Coded lens, NativeValue before, Value.Text wanted) {
        String canonical = lens.canonicalByNative().get(CanonicalText.of(NativeText.of(before)));
        return canonical != null && CanonicalText.of(canonical).equals(wanted.text());
    }

    static Value get(Lens.Timestamp lens, NativeValue raw) {
        BigDecimal number = null;
        if (raw instanceof NativeValue.Number n) {
            number = n.number();
        } else if (lens.format() == Lens.TimeFormat.EPOCH_MILLIS) {
            number = Numbers.parse(CanonicalText.of(NativeText.of(raw)));
        }
        Instant time = number == null ? null : Times.epochMillis(number);
        return time == null ? new Value.Text(NativeText.of(raw)) : new Value.Time(time);
    }

    static @Nullable NativeValue put(Lens.Timestamp lens, Value value, @Nullable NativeValue before) {
        if (!(value instanceof Value.Time t)) {
            return value instanceof Value.Text text ? new NativeValue.Text(text.text()) : null;
        }
        if (before instanceof NativeValue.Number) {
            return NativeValue.number(t.time().toEpochMilli());
        }
        return new NativeValue.Text(
                lens.format() == Lens.TimeFormat.ISO
                        ? t.time().toString()
                        : Long.toString(t.time().toEpochMilli()));
    }
}
