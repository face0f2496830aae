package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.http.Request;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants to see of a record.
 *
 * @param customs only these custom fields; null for all
 * @param labels whether labels come with their names
 * @param optionLabels whether options of custom fields do
 * @param more fields that come only when they are asked for
 */
record PipedriveView(@Nullable Set<String> customs, boolean labels, boolean optionLabels, Set<String> more) {
    /** All that comes without being asked for. */
    static final PipedriveView PLAIN = new PipedriveView(null, false, false, Set.of());

    private static final int MOST_CUSTOMS = 15;

    static PipedriveView of(Request request) {
        Set<String> customs = request.query("custom_fields") == null ? null : names(request, "custom_fields");
        if (customs != null && customs.size() > MOST_CUSTOMS) {
            throw PipedriveErrors.invalid("custom_fields: at most " + MOST_CUSTOMS + " keys");
        }
        return new PipedriveView(
                customs,
                Boolean.parseBoolean(request.query("include_labels")),
                Boolean.parseBoolean(request.query("include_option_labels")),
                names(request, "include_fields"));
    }

    /** The parts of a parameter that are separated by commas. */
    static Set<String> names(Request request, String parameter) {
        Set<String> names = new LinkedHashSet<>();
        String value = request.query(parameter);
        if (value != null) {
            for (String name : value.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    /** Whether it wants this custom field. */
    boolean wants(String code) {
        Set<String> only = customs;
        return only == null || only.contains(code);
    }
}
