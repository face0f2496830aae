package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.adapter.Adapter;
import java.util.Set;

/**
 * An account that an adapter is measured on: a stand-in, or an account at the vendor that is there for tests alone. What
 * else it can do for an experiment is said by the {@link Lever}s that it implements beside this.
 *
 * <p>It is prepared: properties exist, webhooks are subscribed where it carries them. It need not be empty; the rules make
 * records of their own and leave them there. Used by one thread but for {@link #adapter}'s answers.
 */
public interface TestAccount extends AutoCloseable {
    /**
     * Makes an adapter for this account, as a host does at each start: called several times, and each must work beside the
     * others. They are closed by whoever asked.
     *
     * @return a new adapter with the same configuration
     */
    Adapter adapter();

    /**
     * The records that are made for the experiments.
     *
     * @return the specimen, the same at every call
     */
    Specimen specimen();

    /**
     * Secrets that the adapter was configured with, none of which may show in a message: tokens, passwords, signing
     * secrets.
     *
     * @return the secrets, not blank
     */
    Set<String> secrets();

    /** Gives the account up. */
    @Override
    void close();
}
