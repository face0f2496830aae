package dev.crmsync.spi.resolver;

import dev.crmsync.spi.field.Value;
import java.util.Objects;

/** A resolver's answer. */
public sealed interface Resolution {
    /**
     * This value is agreed.
     *
     * @param value the value
     */
    record Agree(Value value) implements Resolution {
        /** Refuses null. */
        public Agree {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A person must decide.
     *
     * @param reason why, without personal values
     */
    record AskPerson(String reason) implements Resolution {
        /** Refuses null. */
        public AskPerson {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
