package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.model.AsOf;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Notion's times. Those of a page are floored to the minute, whatever their form promises, so a page is dated by its whole minute.
 *
 * @see <a href="https://developers.notion.com/changelog/last-edited-time-is-now-rounded-to-the-nearest-minute">Notion: rounding</a>
 */
final class Times {
    static final Duration MINUTE = Duration.ofMinutes(1);

    /** Later times are no times, and some databases cannot hold them. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    /** An instant, or empty when it is missing, malformed or beyond what calendars are for. */
    static Optional<Instant> of(JsonNode node) {
        return node.isTextual() ? parse(node.textValue()) : Optional.empty();
    }

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant())
                    .filter(known -> !known.isBefore(Instant.EPOCH) && !known.isAfter(LAST));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    /** The minute of a page's last edit. */
    static AsOf asOf(Instant edited) {
        return AsOf.coarse(minute(edited), MINUTE);
    }
}
