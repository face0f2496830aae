package dev.crmsync.spi.resolver;

/**
 * Decides the value of one field when the shipped rules do not fit. Implementations must be pure: the same conflict
 * gives the same resolution, always, on every machine. They must be symmetric: which system holds which value makes no
 * difference, for a preference among systems has rules of its own. And they must come to rest: what they answer, held by
 * all or beside what it was made of, resolves to itself. The test kit checks these laws. Called from many threads.
 */
public interface Resolver {
    /**
     * Names the resolver in policies and decisions.
     *
     * @return a stable id, such as {@code longest-name}
     */
    String id();

    /**
     * Tells one behaviour of the resolver from the next; decisions record it.
     *
     * @return the version, above 0
     */
    int version();

    /**
     * How many systems' values it is made for. For more than two it must not matter either which of them it hears of
     * first: what two of them resolve to, resolved with the third, is what all three resolve to.
     *
     * @return 2 or more; a policy may not use it for a field that more systems carry
     */
    default int inputs() {
        return 2;
    }

    /**
     * Decides.
     *
     * @param conflict the field, the agreed value and what each system holds
     * @return the decision
     */
    Resolution resolve(Conflict conflict);
}
