package dev.crmsync.spi.store;

import dev.crmsync.spi.model.Bytes;
import java.time.Instant;

/**
 * An event on its way into the inbox.
 *
 * @param shard the shard of its record, 0 or more: events of one record are always in one shard
 * @param system the system that it came from
 * @param dedupeKey tells it from every other event of its system, at most 200 characters
 * @param receivedAt when it arrived
 * @param content the engine's own bytes
 */
public record InboxEvent(int shard, String system, String dedupeKey, Instant receivedAt, Bytes content) {}
