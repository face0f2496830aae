package dev.crmsync.spi.store;

/**
 * A digest of a value by which records of one person may recognise each other, such as an e-mail address. Never the
 * value itself.
 *
 * @param type the canonical record type
 * @param field the canonical field
 * @param digest a salted digest of the canonical value, at most 64 characters
 */
public record MatchKey(String type, String field, String digest) {}
