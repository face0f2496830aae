package dev.crmsync.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the numbers, dates and delays of headers; what is malformed counts as missing. */
final class HttpTimes {
    /** No vendor of ours asks for more (HubSpot's migrations: up to 24 h); more is a mistake or an attack. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private HttpTimes() {}

    static OptionalLong wholeNumber(String value) {
        String digits = value.strip();
        return DIGITS.matcher(digits).matches() ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    static Optional<Instant> date(String value) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip())));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    static Optional<Duration> delay(String value, Instant vendorNow) {
        OptionalLong seconds = wholeNumber(value);
        if (seconds.isPresent()) {
            return Optional.of(bounded(Duration.ofSeconds(seconds.getAsLong())));
        }
        return date(value).map(until -> bounded(Duration.between(vendorNow, until)));
    }

    private static Duration bounded(Duration delay) {
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}
