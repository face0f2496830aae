package dev.crmsync.testkit.check;

import dev.crmsync.spi.field.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that a person entered and that still stands where it was entered.
 *
 * @param value the canonical value
 * @param replaced for a set what was known to stand before, otherwise null
 * @param at when, on the system's clock
 * @param understood whether the engine has seen it and can tell that a person did it
 * @param contested whether another value was agreed then, and is still
 * @param built whether the agreed value had stood there before
 * @param overtaken whether what is agreed has changed since
 */
record Hand(
        Value value,
        @Nullable Value replaced,
        Instant at,
        boolean understood,
        boolean contested,
        boolean built,
        boolean overtaken) {
    static Hand entered(Value value, Instant at) {
        return new Hand(value, null, at, false, false, false, false);
    }

    /** What stands there to begin with: people have entered it, and the engine knows that. */
    static Hand initial(Value value, Instant at) {
        return new Hand(value, value, at, true, false, false, false);
    }

    Hand understood(@Nullable Value known, boolean isContested, boolean isBuilt) {
        return new Hand(value, known, at, true, isContested, isBuilt, false);
    }

    Hand after(boolean isContested) {
        return new Hand(value, replaced, at, understood, isContested, built, true);
    }
}
