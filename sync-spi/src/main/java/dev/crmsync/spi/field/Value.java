package dev.crmsync.spi.field;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** A canonical value: the form that all systems of a sync share. All variants are immutable and compare by value. */
public sealed interface Value {
    /** The one empty value: the field is known to hold nothing. */
    Empty EMPTY = new Empty();

    /**
     * Text, a phone number in E.164 where it could be parsed, an e-mail address, a code, or a bag entry.
     *
     * @param text the characters
     */
    record Text(String text) implements Value {
        /** Refuses null. */
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public boolean isBlank() {
            return text.isBlank();
        }
    }

    /**
     * A decimal number.
     *
     * @param number the number, stripped of trailing zeros
     */
    record Number(BigDecimal number) implements Value {
        /** Strips trailing zeros, so that 1.0 and 1 are equal. */
        public Number {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }

        @Override
        public boolean isBlank() {
            return false;
        }
    }

    /**
     * A truth value.
     *
     * @param flag the value
     */
    record Flag(boolean flag) implements Value {
        @Override
        public boolean isBlank() {
            return false;
        }
    }

    /**
     * An instant.
     *
     * @param time the instant
     */
    record Time(Instant time) implements Value {
        /** Refuses null. */
        public Time {
            Objects.requireNonNull(time, "time");
        }

        @Override
        public boolean isBlank() {
            return false;
        }
    }

    /**
     * A set of members. The empty set is a value of its own and not {@link Empty}.
     *
     * @param members the members, copied and sorted
     */
    record Members(SortedSet<String> members) implements Value {
        /** Copies the set. */
        public Members {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        }

        /**
         * A set of these members.
         *
         * @param members the members, in any order, repeats ignored
         * @return the set
         */
        public static Members of(Collection<String> members) {
            return new Members(new TreeSet<>(members));
        }

        @Override
        public boolean isBlank() {
            return members.isEmpty();
        }
    }

    /**
     * Another link.
     *
     * @param link the link's id
     */
    record Reference(String link) implements Value {
        /** Refuses null. */
        public Reference {
            Objects.requireNonNull(link, "link");
        }

        @Override
        public boolean isBlank() {
            return false;
        }
    }

    /**
     * A set of other links. The empty set is a value of its own and not {@link Empty}.
     *
     * @param links the links' ids, copied and sorted
     */
    record References(SortedSet<String> links) implements Value {
        /** Copies the set. */
        public References {
            links = Collections.unmodifiableSortedSet(new TreeSet<>(links));
        }

        @Override
        public boolean isBlank() {
            return links.isEmpty();
        }
    }

    /** Known to hold nothing. */
    record Empty() implements Value {
        @Override
        public boolean isBlank() {
            return true;
        }
    }

    /**
     * Text.
     *
     * @param text the characters
     * @return the value
     */
    static Value text(String text) {
        return new Text(text);
    }

    /**
     * A set of members.
     *
     * @param members the members
     * @return the value
     */
    static Value members(String... members) {
        return Members.of(List.of(members));
    }

    /**
     * Whether this holds nothing: {@link Empty}, blank text or the empty set.
     *
     * @return true when blank
     */
    boolean isBlank();
}
