package dev.crmsync.sandbox.notion;

import dev.crmsync.sandbox.admin.Parts;

/**
 * Who the workspace and its one integration are; all of it follows from the seed.
 *
 * @param workspace the workspace's id
 * @param workspaceName its name
 * @param integration the integration's id, as webhooks name it
 * @param botUser the id of the integration's user, as {@code users/me} tells it
 * @param botId the id that an OAuth answer would call {@code bot_id}
 * @param token the integration's secret
 */
record NotionIdentity(
        String workspace, String workspaceName, String integration, String botUser, String botId, String token) {

    static NotionIdentity of(Parts parts) {
        return new NotionIdentity(
                NotionIds.uuid(parts, "workspace", 0),
                "Acme",
                NotionIds.uuid(parts, "integration", 0),
                NotionIds.uuid(parts, "bot user", 0),
                NotionIds.uuid(parts, "bot", 0),
                secret(parts, "ntn_", "token", 0));
    }

    /** A secret that begins as the vendor's secrets do. */
    static String secret(Parts parts, String prefix, String what, long number) {
        return prefix
                + String.format(
                        "%016x%016x%08x",
                        parts.chance().bits(what, 3 * number),
                        parts.chance().bits(what, 3 * number + 1),
                        parts.chance().bits(what, 3 * number + 2) >>> 32);
    }
}
