package dev.crmsync.intake;

/**
 * What to answer a webhook with, in any web framework.
 *
 * @param status the HTTP status: 200, 401, 404, 413, 500 or 503
 * @param body a few words of plain text for whoever reads the vendor's delivery log; no personal values
 */
public record WebhookAnswer(int status, String body) {}
