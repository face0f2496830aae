package dev.crmsync.tests.architecture.broken.adapter.hubspot;

/** Minds its own business. */
public record Neighbour(String name) {}
