package dev.crmsync.replay;

/**
 * A value that somebody had entered, and that was written over without having been agreed, while it stood nowhere else. Immutable.
 *
 * @param link the link
 * @param system where it was entered and written over
 * @param field the field's name
 * @param seq the number of the input that told of it
 */
public record Lost(String link, String system, String field, long seq) {}
