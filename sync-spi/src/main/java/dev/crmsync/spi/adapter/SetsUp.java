package dev.crmsync.spi.adapter;

import dev.crmsync.spi.mapping.Mapping;
import java.util.List;

/** Can prepare an account for the sync: properties, scopes, and what a person must click. */
public interface SetsUp {
    /**
     * Makes what is missing and can be made; repeating it changes nothing.
     *
     * @param mappings the mappings that the sync uses for this system
     * @param dryRun true to say what would be done and do nothing
     * @return what was found, made, or is left for a person, in order
     */
    List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun);
}
