package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that a body may have and what each must hold: anything else is a validation error. */
final class PipedriveBody {
    private final Map<String, PipedriveType> known = new LinkedHashMap<>();
    private final Set<String> clearable = new LinkedHashSet<>();

    /** Keys of one type that cannot be null. */
    PipedriveBody with(PipedriveType type, String... keys) {
        for (String key : keys) {
            known.put(key, type);
        }
        return this;
    }

    /** Keys of one type that null clears. */
    PipedriveBody clearable(PipedriveType type, String... keys) {
        clearable.addAll(List.of(keys));
        return with(type, keys);
    }

    /** Refuses a body that has a wrong or an unknown key. */
    void check(JsonNode body) {
        if (!body.isObject()) {
            throw PipedriveErrors.invalid("The body must be an object");
        }
        List<String> wrongs = new ArrayList<>();
        body.properties().forEach(e -> {
            PipedriveType type = known.get(e.getKey());
            if (type == null) {
                wrongs.add(e.getKey() + ": is not allowed");
            } else if (!(e.getValue().isNull() && clearable.contains(e.getKey())) && !type.fits(e.getValue())) {
                wrongs.add(e.getKey() + ": must be " + type.wanted());
            }
        });
        if (!wrongs.isEmpty()) {
            throw PipedriveErrors.invalid(wrongs);
        }
    }
}
