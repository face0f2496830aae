package dev.crmsync.spi.store;

import dev.crmsync.spi.model.Bytes;

/**
 * A link as it is stored.
 *
 * @param id the link's id, at most 64 characters
 * @param type the canonical record type
 * @param version for compare-and-set; 1 or more, and greater after each commit
 * @param rulesHash the rules under which the document was last planned
 * @param document the engine's own bytes
 */
public record LinkRow(String id, String type, long version, String rulesHash, Bytes document) {}
