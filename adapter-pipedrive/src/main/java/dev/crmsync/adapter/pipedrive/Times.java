package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pipedrive's two ways of writing an instant: RFC 3339 in the second version of its API and in webhooks, and
 * {@code YYYY-MM-DD HH:MM:SS} in UTC in the first.
 */
final class Times {
    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Pattern PLAIN_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}");

    /** Later times are no times, and some databases cannot hold them. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    /** An instant in either form, or empty when it is missing, malformed or beyond what calendars are for. */
    static Optional<Instant> of(JsonNode node) {
        return node.isTextual() ? parse(node.textValue()) : Optional.empty();
    }

    static Optional<Instant> parse(String text) {
        try {
            Instant time = PLAIN_FORM.matcher(text).matches()
                    ? Instant.from(PLAIN.parse(text))
                    : OffsetDateTime.parse(text).toInstant();
            return Optional.of(time).filter(known -> !known.isBefore(Instant.EPOCH) && !known.isAfter(LAST));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** The whole second, as lists compare it. */
    static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** As the first version of the API takes it. */
    static String plain(Instant time) {
        return PLAIN.format(second(time));
    }
}
