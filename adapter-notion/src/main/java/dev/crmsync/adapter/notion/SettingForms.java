package dev.crmsync.adapter.notion;

import dev.crmsync.http.SettingsReader;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of those settings that mean something to Notion alone. */
record SettingForms(AdapterConfig config, SettingsReader read) {
    private static final String STATE = "[^,\\p{Cntrl}]{1,100}:(open|pending|closed)";
    private static final Pattern STATES = Pattern.compile(STATE + "(," + STATE + ")*");
    private static final Pattern PROPERTY = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    String id(String name) {
        return Ids.of(config.required(name)).orElseThrow(() -> noId(name));
    }

    /** An id that need not be there, and is another one than this. */
    @Nullable String otherId(String name, String taken) {
        String id = config.setting(name)
                .map(text -> Ids.of(text).orElseThrow(() -> noId(name)))
                .orElse(null);
        if (taken.equals(id)) {
            throw read.wrong(name, "names the data source of the contacts: a page is one or the other");
        }
        return id;
    }

    Set<String> ids(String name) {
        Set<String> ids = new TreeSet<>();
        for (String text : config.setting(name).map(list -> list.split(",")).orElse(new String[0])) {
            ids.add(Ids.of(text.strip()).orElseThrow(() -> noId(name)));
        }
        return ids;
    }

    private SyncException noId(String name) {
        return read.wrong(name, "must be an id of 32 hexadecimal digits, with or without hyphens");
    }

    @Nullable MessageKind messages(String name) {
        String value = config.setting(name).orElse("blocks");
        return switch (value) {
            case "blocks" -> MessageKind.BLOCK;
            case "comments" -> MessageKind.COMMENT;
            case "none" -> null;
            default -> throw read.wrong(name, "must be blocks, comments or none");
        };
    }

    /** An option's name may hold a colon, and none holds a comma. */
    List<String> states(String name, String otherwise) {
        return List.of(
                read.matching(name, otherwise, STATES, "options with the status of each, as in Open:open,Done:closed")
                        .split(","));
    }

    String property(String name, String otherwise) {
        return read.matching(name, otherwise, PROPERTY, "the name of a property, or its id, of at most 100 characters")
                .strip();
    }

    @Nullable String optionalProperty(String name) {
        return config.setting(name).isEmpty() ? null : property(name, "");
    }

    /** The properties that settings of one prefix are set to. */
    Map<String, String> properties(String prefix) {
        Map<String, String> byKey = new TreeMap<>();
        read.named(prefix).forEach((key, name) -> byKey.put(key, property(name, "")));
        return byKey;
    }
}
