package dev.crmsync.spi.resolver;

/**
 * Decides the value of one field when the shipped rules do not fit. Implementations must be pure: the same conflict
 * gives the same resolution, always, on every machine; they must be symmetric in the order of the candidates, and
 * return one of the candidates or a value that resolves to itself. Called from many threads.
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
     * Decides.
     *
     * @param conflict the field, the agreed value and what each system holds
     * @return the decision
     */
    Resolution resolve(Conflict conflict);
}
