package dev.crmsync.spi.mapping;

/**
 * A declared family of the ways in which a system shows a value other than it was given. A system's answer is taken for
 * a rendering of what we sent only when a declared family explains the difference.
 *
 * @param family what the system does to the value
 * @param length for {@link Family#CUT} the greatest length in characters (UTF-16 units), otherwise 0
 */
public record Rendering(Family family, int length) {
    /** Outer blanks are dropped. */
    public static final Rendering TRIMMED = new Rendering(Family.TRIMMED, 0);

    /** Letters are lower-cased. */
    public static final Rendering LOWER_CASED = new Rendering(Family.LOWER_CASED, 0);

    /** What a system does to a value. */
    public enum Family {
        /** Outer blanks are dropped. */
        TRIMMED,
        /** Letters are lower-cased. */
        LOWER_CASED,
        /** The value is cut after some length: it loses information. */
        CUT
    }

    /** Refuses a length where there is none, and a cut without one. */
    public Rendering {
        if ((family == Family.CUT) != (length > 0)) {
            throw new IllegalArgumentException("a cut, and only a cut, has a length above 0");
        }
    }

    /**
     * The value is cut after a length.
     *
     * @param length the greatest length in characters, above 0
     * @return the family
     */
    public static Rendering cut(int length) {
        return new Rendering(Family.CUT, length);
    }
}
