package dev.crmsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's own name of an error, and the property that it blames. Both are kept only when they look like a name: what
 * could be a sentence, an address or a number of a person is dropped, for it would end in messages. Immutable.
 */
public final class VendorError {
    /** The vendor did not tell. */
    public static final VendorError UNTOLD = new VendorError(null, null);

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.:\\[\\]-]{0,79}");

    private final @Nullable String code;
    private final @Nullable String property;

    private VendorError(@Nullable String code, @Nullable String property) {
        this.code = code;
        this.property = property;
    }

    /** Finds the error in the body of an answer that did not succeed. Thread-safe. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads an error.
         *
         * @param body a JSON object or array
         * @return the error, {@link #UNTOLD} when it is not found
         */
        VendorError read(JsonNode body);
    }

    /**
     * An error.
     *
     * @param code the vendor's name of the error, or a missing or null node
     * @param property the property that it blames, or a missing or null node
     * @return the error with what of both looks like a name
     */
    public static VendorError of(JsonNode code, JsonNode property) {
        return new VendorError(name(code), name(property));
    }

    private static @Nullable String name(JsonNode node) {
        return node.isTextual() && harmless(node.textValue()) ? node.textValue() : null;
    }

    static boolean harmless(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * The vendor's name of the error.
     *
     * @return the name, such as {@code invalid_cursor}, or empty when it was not told
     */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /**
     * Whether this is the error of that name.
     *
     * @param name the vendor's name of an error
     * @return true when it is
     */
    public boolean is(String name) {
        return name.equals(code);
    }

    /**
     * The property that the error blames.
     *
     * @return the native property, or empty when it was not told
     */
    public Optional<String> property() {
        return Optional.ofNullable(property);
    }

    @Override
    public String toString() {
        return "VendorError[" + code + ", " + property + "]";
    }
}
