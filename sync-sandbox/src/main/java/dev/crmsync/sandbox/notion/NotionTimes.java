package dev.crmsync.sandbox.notion;

import dev.crmsync.sandbox.admin.Parts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How Notion writes and reads times: to the minute where something was edited, to the millisecond elsewhere. */
final class NotionTimes {
    private static final long MINUTE_MS = 60_000;
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    private final Parts parts;

    NotionTimes(Parts parts) {
        this.parts = parts;
    }

    /** When a page was made or edited, as the API and its filters know it. */
    long ofPage(long ms) {
        return parts.dials().is("times.grain", "minute") ? floor(ms) : ms;
    }

    String page(long ms) {
        return millis(ofPage(ms));
    }

    /** When something that is not a page was made or edited. */
    String other(long ms) {
        return millis(parts.dials().is("times.grain_elsewhere", "minute") ? floor(ms) : ms);
    }

    static String millis(long ms) {
        return MILLIS.format(Instant.ofEpochMilli(ms));
    }

    private static long floor(long ms) {
        return Math.floorDiv(ms, MINUTE_MS) * MINUTE_MS;
    }

    /** Whether it is a day without a time. */
    static boolean isDay(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** A day or a date-time in milliseconds; a day begins, and a time without an offset is, in UTC. Null when it is neither. */
    static @Nullable Long parse(String text) {
        try {
            if (isDay(text)) {
                return LocalDate.parse(text)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            }
            OffsetDateTime time = moment(text, null);
            return time == null ? null : (Long) time.toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A date or date-time as a date property shows it; null when it is neither. */
    static @Nullable String shown(String text, @Nullable String zone) {
        if (isDay(text)) {
            return text;
        }
        OffsetDateTime time = moment(text, zone);
        return time == null ? null : OFFSET.format(time);
    }

    private static @Nullable OffsetDateTime moment(String text, @Nullable String zone) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            // Perhaps it has no offset.
        }
        try {
            ZoneId at = zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
            return LocalDateTime.parse(text).atZone(at).toOffsetDateTime();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
