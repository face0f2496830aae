package dev.crmsync.fields;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about values that cannot be read any more: where tokens stand for texts, canonical forms and lenses cannot be
 * worked out, and what they came to is remembered instead.
 */
public interface Facts {
    /**
     * Recalls an answer.
     *
     * @param question what is asked
     * @param truth works it out of values as they truly are
     * @return the answer, or null when nothing is known: then it is worked out of the tokens themselves
     */
    @Nullable Known recall(Question question, Truth truth);

    /** Answers a question about values as they truly are. */
    @FunctionalInterface
    interface Truth {
        /**
         * Works an answer out.
         *
         * @param lenses the lenses to read them through
         * @param question the question, about values as they are
         * @return the answer
         */
        Known of(Lenses lenses, Question question);
    }

    /**
     * An answer: a canonical value, raw values by slot, or neither. Immutable.
     *
     * @param value the canonical value; yes and no are flags
     * @param slots the raw values
     */
    record Known(@Nullable Value value, @Nullable Map<String, NativeValue> slots) {
        /** Copies the map. */
        public Known {
            slots = slots == null ? null : Map.copyOf(slots);
        }

        /**
         * An answer that is a canonical value.
         *
         * @param value the value, or null for none
         * @return the answer
         */
        public static Known of(@Nullable Value value) {
            return new Known(value, null);
        }

        /**
         * An answer that is yes or no.
         *
         * @param yes whether it is yes
         * @return the answer
         */
        public static Known of(boolean yes) {
            return new Known(new Value.Flag(yes), null);
        }

        /**
         * An answer that is raw values.
         *
         * @param slots the raw values by slot, or null for none
         * @return the answer
         */
        public static Known ofSlots(@Nullable Map<String, NativeValue> slots) {
            return new Known(null, slots);
        }

        /**
         * Whether it is yes.
         *
         * @return true for a flag that is set
         */
        public boolean yes() {
            return value instanceof Value.Flag flag && flag.flag();
        }
    }
}
