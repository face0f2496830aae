package dev.crmsync.spi.model;

/** How strong the source of a change event is. */
public enum Evidence {
    /** Pushed by the vendor: true at its as-of, possibly late, duplicated or out of order. */
    EVENT,
    /** A page of a listing of the records themselves. */
    LISTING,
    /** A page of a search index: it may lag, and never proves absence or removal. */
    INDEX,
    /** Read by id, or the answer to our own write: what the system held when it answered. */
    READ
}
