package dev.crmsync.spi.adapter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one answer of a vendor said about a quota.
 *
 * @param quotaKey the declared quota that it is about
 * @param limit the calls in a full window, or -1 when not told
 * @param remaining the calls left, or -1 when not told
 * @param blockedFor how long the vendor asks to stay away (Retry-After), or null when it does not
 */
public record QuotaReport(
        String quotaKey,
        long limit,
        long remaining,
        @Nullable Duration blockedFor) {}
