package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;

/** What a key of a body must hold; nothing is converted. */
enum PipedriveType {
    TEXT("a string"),
    WHOLE("an integer"),
    NUMBER("a number"),
    FLAG("a boolean"),
    DATE("a date"),
    INSTANT("a date-time"),
    WHOLES("an array of integers"),
    TEXTS("an array of strings"),
    OBJECT("an object"),
    OBJECTS("an array of objects");

    private final String wanted;

    PipedriveType(String wanted) {
        this.wanted = wanted;
    }

    boolean fits(JsonNode value) {
        return switch (this) {
            case TEXT -> value.isTextual();
            case WHOLE -> value.isIntegralNumber();
            case NUMBER -> value.isNumber();
            case FLAG -> value.isBoolean();
            case DATE -> value.isTextual() && date(value.asText());
            case INSTANT -> value.isTextual() && PipedriveTimes.parse(value.asText()) != null;
            case WHOLES -> all(value, WHOLE);
            case TEXTS -> all(value, TEXT);
            case OBJECT -> value.isObject();
            case OBJECTS -> all(value, OBJECT);
        };
    }

    /** What it must be, for messages. */
    String wanted() {
        return wanted;
    }

    private static boolean date(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean all(JsonNode array, PipedriveType type) {
        boolean fit = array.isArray();
        for (JsonNode one : array) {
            fit &= type.fits(one);
        }
        return fit;
    }
}
