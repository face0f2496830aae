package dev.crmsync.fields;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants in whole milliseconds, between the years 0 and 9999: what every vendor's format can hold. */
final class Times {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Vendors write the offset as "Z", "+07:00", "+0700" and "+07". */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendOptional(
                    new DateTimeFormatterBuilder().appendOffset("+HH:MM", "Z").toFormatter(Locale.ROOT))
            .appendOptional(
                    new DateTimeFormatterBuilder().appendOffset("+HHmm", "Z").toFormatter(Locale.ROOT))
            .toFormatter(Locale.ROOT);

    private Times() {}

    static boolean sane(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    /** The instant that an ISO 8601 text names (a day stands for its first moment in UTC), or null. */
    static @Nullable Instant iso(String text) {
        try {
            Instant time = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
            return millis(time);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The instant of a number of milliseconds since 1970, or null when it lies out of range or between milliseconds. */
    static @Nullable Instant epochMillis(BigDecimal number) {
        try {
            return millis(Instant.ofEpochMilli(number.longValueExact()));
        } catch (ArithmeticException e) {
            return null;
        }
    }

    static @Nullable Instant millis(Instant time) {
        return sane(time) ? time.truncatedTo(ChronoUnit.MILLIS) : null;
    }
}
