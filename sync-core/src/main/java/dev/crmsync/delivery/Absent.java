package dev.crmsync.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;

/**
 * What was looked for just now before it is made, and is not there: where calls are scarce the write must wait for its turn,
 * and looking again would spend that turn, too. Known to one engine, and forgotten with it. Thread-safe.
 */
final class Absent {
    /** For how long a look-up is believed: what somebody makes meanwhile is not seen. */
    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private final Cache<String, Instant> since =
            Caffeine.newBuilder().maximumSize(MOST).build();

    void looked(String place, String link, Instant at) {
        since.put(key(place, link), at);
    }

    boolean lately(String place, String link, Instant now) {
        Instant at = since.getIfPresent(key(place, link));
        return at != null && at.plus(BELIEVED).isAfter(now);
    }

    /** What is sent now may be there in a moment. */
    void sent(String place, String link) {
        since.invalidate(key(place, link));
    }

    private static String key(String place, String link) {
        return place + '/' + link;
    }
}
