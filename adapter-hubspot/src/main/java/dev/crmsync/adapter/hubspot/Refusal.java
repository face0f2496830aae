package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.http.Json;
import dev.crmsync.http.VendorError;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.model.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an error body of HubSpot, or an error row of a batch, blames. HubSpot's sentences repeat the values that they
 * complain about, so nothing of them is kept but names and record ids.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/error-handling">HubSpot: error handling</a>
 */
final class Refusal {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,79}");
    private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z0-9_]{0,249}");
    private static final Pattern EXISTING =
            Pattern.compile("^[A-Za-z ]{1,40} already exists\\.? ?Existing ID: ?([0-9]{1,32})"
                    + "|\\b([0-9]{1,32}) already has that value\\.?$");
    private static final Pattern COORDINATES = Pattern.compile("propertyName=([a-z][a-z0-9_]{0,249})");

    /** Refusals that hold for the property whatever its value, and so for every row that writes it. */
    private static final Set<String> OF_THE_PROPERTY =
            Set.of("PROPERTY_DOESNT_EXIST", "PROPERTY_NOT_FOUND", "READ_ONLY_VALUE", "CALCULATED_PROPERTY");

    private final Set<String> codes = new LinkedHashSet<>();
    private final Set<String> properties = new LinkedHashSet<>();
    private @Nullable String existing;
    private boolean alreadyExists;

    private Refusal() {}

    static Refusal of(JsonNode body) {
        Refusal refusal = new Refusal();
        refusal.gather(body);
        return refusal;
    }

    /** The reader that puts code and property into messages. */
    static VendorError vendorError(JsonNode body) {
        Refusal refusal = of(body);
        return VendorError.of(text(refusal.codes), text(refusal.properties));
    }

    private static JsonNode text(Set<String> names) {
        return names.stream()
                .findFirst()
                .<JsonNode>map(JsonNodeFactory.instance::textNode)
                .orElseGet(JsonNodeFactory.instance::missingNode);
    }

    private void gather(JsonNode error) {
        List<JsonNode> details = new ArrayList<>();
        error.path("errors").forEach(details::add);
        error.path("validationResults").forEach(details::add);
        String message = error.path("message").asText("");
        embedded(message).ifPresent(list -> list.forEach(details::add));
        // The details name the fault more closely than the category does.
        details.forEach(this::gather);
        for (String name : List.of("code", "error", "errorType", "subCategory", "category")) {
            code(error.path(name));
        }
        property(error.path("name"));
        property(error.path("in"));
        error.path("context").path("propertyName").forEach(this::property);
        error.path("context").path("properties").forEach(this::property);
        Matcher named = COORDINATES.matcher(message);
        if (named.find()) {
            properties.add(named.group(1));
        }
        Matcher taken = EXISTING.matcher(message);
        if (taken.find() && existing == null) {
            existing = taken.group(1) == null ? taken.group(2) : taken.group(1);
        }
        alreadyExists |= existing != null;
    }

    /** A sentence may end in the list of what was not valid, as JSON. */
    private static Optional<JsonNode> embedded(String message) {
        int from = message.indexOf("[{");
        int to = message.lastIndexOf("}]");
        return from < 0 || to < from
                ? Optional.empty()
                : Json.parse(Bytes.utf8(message.substring(from, to + 2))).filter(JsonNode::isArray);
    }

    private void code(JsonNode node) {
        String text = node.asText("");
        int last = text.lastIndexOf('.');
        String code = last < 0 ? text : text.substring(last + 1);
        if (CODE.matcher(code).matches()) {
            codes.add(code);
        }
    }

    private void property(JsonNode node) {
        String name = node.asText("");
        if (PROPERTY.matcher(name).matches()) {
            properties.add(name);
        }
    }

    boolean names(String code) {
        return codes.contains(code);
    }

    /** The property at fault among those that were written, else any that is named. */
    @Nullable String property(Set<String> written) {
        return properties.stream()
                .filter(written::contains)
                .findFirst()
                .or(() -> properties.stream().findFirst())
                .orElse(null);
    }

    /** The id of the record that holds a unique value already. */
    @Nullable String existing() {
        return existing;
    }

    /** The property that is refused whatever its value is. */
    Optional<String> propertyAtFault() {
        return codes.stream().anyMatch(OF_THE_PROPERTY::contains)
                ? properties.stream().findFirst()
                : Optional.empty();
    }

    Rejection kind(int status) {
        if (status == 409 || alreadyExists || any("CONFLICT", "DUPLICATE", "UNIQUE")) {
            return Rejection.UNIQUE;
        } else if (status == 404 || any("OBJECT_NOT_FOUND")) {
            return Rejection.NOT_FOUND;
        } else if (status == 403 || any("MISSING_SCOPES", "FORBIDDEN", "PERMISSION")) {
            return Rejection.FORBIDDEN;
        } else if (any("INVALID_OPTION")) {
            return Rejection.NOT_AN_OPTION;
        } else if (any("READ_ONLY", "CALCULATED")) {
            return Rejection.READ_ONLY;
        } else if (any("REQUIRED", "MISSING")) {
            return Rejection.REQUIRED;
        }
        return any("TOO_LONG", "LENGTH") ? Rejection.TOO_LONG : Rejection.INVALID;
    }

    private boolean any(String... parts) {
        return codes.stream().anyMatch(code -> {
            for (String part : parts) {
                if (code.contains(part)) {
                    return true;
                }
            }
            return false;
        });
    }

    @Override
    public String toString() {
        return codes.isEmpty() ? "no code" : codes.stream().findFirst().orElseThrow();
    }
}
