package dev.crmsync.adapter.pipedrive;

import dev.crmsync.http.SettingsReader;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of those settings that mean something to Pipedrive alone. */
record SettingForms(AdapterConfig config, SettingsReader read) {
    private static final Pattern STATES = Pattern.compile(
            "(open|won|lost|[0-9]{1,18}):(open|pending|closed)(,(open|won|lost|[0-9]{1,18}):(open|pending|closed))*");
    private static final Pattern FIELD = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    @Nullable ObjectKind oneOf(String name, String first, ObjectKind firstKind, String second, ObjectKind secondKind) {
        String value = config.setting(name).orElse(first);
        if (value.equals("none")) {
            return null;
        } else if (!value.equals(first) && !value.equals(second)) {
            throw read.wrong(name, "must be " + first + ", " + second + " or none");
        }
        return value.equals(first) ? firstKind : secondKind;
    }

    /** Stages are numbers, and only those of one pipeline can be told apart from the rest. */
    List<String> states(String name, String otherwise, boolean pipeline) {
        List<String> states = List.of(read.matching(
                        name, otherwise, STATES, "states with the status of each, as in 1:open,2:pending,won:closed")
                .split(","));
        boolean staged = states.stream().anyMatch(state -> Character.isDigit(state.charAt(0)));
        if (staged && !pipeline) {
            throw read.wrong(name, "names stages: say which pipeline they are of, with dealPipeline(…)");
        } else if (staged && states.stream().anyMatch(state -> state.startsWith("open:"))) {
            throw read.wrong(name, "names stages and open, which every stage is: leave open out");
        }
        return states;
    }

    String field(String name, String otherwise) {
        return read.matching(name, otherwise, FIELD, "the name of a field, or its key, of at most 100 characters")
                .strip();
    }

    /** The fields that settings of one prefix are set to. */
    Map<String, String> fields(String prefix) {
        Map<String, String> byKey = new TreeMap<>();
        read.named(prefix).forEach((key, name) -> byKey.put(key, field(name, "")));
        return byKey;
    }
}
