package dev.crmsync.sandbox.pipedrive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How Pipedrive writes times: to the second in REST, to the millisecond in webhooks, with a space in the older edition. */
final class PipedriveTimes {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LEGACY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private PipedriveTimes() {}

    static String seconds(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String millis(long ms) {
        return MILLIS.format(Instant.ofEpochMilli(ms));
    }

    static String legacy(long ms) {
        return LEGACY.format(Instant.ofEpochMilli(ms));
    }

    /** A time of RFC 3339 in milliseconds, or null. */
    static @Nullable Long parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A time of the older edition in milliseconds, or null. */
    static @Nullable Long parseLegacy(String text) {
        try {
            return LocalDateTime.parse(text, LEGACY).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
