package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Predicate;

/** What a key of a body must hold; nothing is converted. */
enum PipedriveType {
    TEXT("a string", JsonNode::isTextual),
    WHOLE("an integer", PipedriveType::whole),
    NUMBER("a number", JsonNode::isNumber),
    FLAG("a boolean", JsonNode::isBoolean),
    DATE("a date", v -> v.isTextual() && date(v.asText())),
    INSTANT("a date-time", v -> v.isTextual() && PipedriveTimes.parse(v.asText()) != null),
    WHOLES("an array of integers", v -> v.isArray() && all(v, PipedriveType::whole)),
    TEXTS("an array of strings", v -> v.isArray() && all(v, JsonNode::isTextual)),
    OBJECT("an object", JsonNode::isObject),
    OBJECTS("an array of objects", v -> v.isArray() && all(v, JsonNode::isObject));

    private final String wanted;
    private final Predicate<JsonNode> fits;

    PipedriveType(String wanted, Predicate<JsonNode> fits) {
        this.wanted = wanted;
        this.fits = fits;
    }

    boolean fits(JsonNode value) {
        return fits.test(value);
    }

    /** What it must be, for messages. */
    String wanted() {
        return wanted;
    }

    static boolean date(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean whole(JsonNode value) {
        return value.isIntegralNumber();
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> fits) {
        for (JsonNode one : array) {
            if (!fits.test(one)) {
                return false;
            }
        }
        return true;
    }
}
