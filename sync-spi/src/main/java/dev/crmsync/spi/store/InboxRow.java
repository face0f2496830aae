package dev.crmsync.spi.store;

/**
 * An event in the inbox.
 *
 * @param id its number, given by the store, growing with arrival
 * @param event the event
 */
public record InboxRow(long id, InboxEvent event) {}
