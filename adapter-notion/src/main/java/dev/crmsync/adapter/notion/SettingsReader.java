package dev.crmsync.adapter.notion;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads settings one by one, each with a message that names the remedy. */
record SettingsReader(AdapterConfig config) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final String STATE = "[^,\\p{Cntrl}]{1,100}:(open|pending|closed)";
    private static final Pattern STATES = Pattern.compile(STATE + "(," + STATE + ")*");
    private static final Pattern PROPERTY = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    String baseUrl() {
        String url = config.setting(Settings.BASE_URL).orElse("https://api.notion.com");
        if (!safe(url)) {
            throw wrong(
                    Settings.BASE_URL,
                    "must be an https address; plain http sends the token in the open and is only for this machine");
        }
        return url;
    }

    @Nullable URI target(String name) {
        String url = config.setting(name).orElse(null);
        if (url != null && !safe(url)) {
            throw wrong(name, "must be an https address: Notion calls no other");
        }
        return url == null ? null : URI.create(url);
    }

    private static boolean safe(String url) {
        try {
            URI uri = URI.create(url);
            String host = uri.getHost() == null ? "" : uri.getHost();
            boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
            return !host.isEmpty() && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && loopback);
        } catch (IllegalArgumentException malformed) {
            // Told without the address: it may hold credentials.
            return false;
        }
    }

    String matching(String name, String otherwise, Pattern form, String wanted) {
        String value = config.setting(name).orElse(otherwise);
        if (!form.matcher(value).matches()) {
            throw wrong(name, "must be " + wanted);
        }
        return value;
    }

    String id(String name) {
        return Ids.of(config.required(name)).orElseThrow(() -> noId(name));
    }

    /** An id that need not be there, and is another one than this. */
    @Nullable String otherId(String name, String taken) {
        String id = config.setting(name)
                .map(text -> Ids.of(text).orElseThrow(() -> noId(name)))
                .orElse(null);
        if (taken.equals(id)) {
            throw wrong(name, "names the data source of the contacts: a page is one or the other");
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
        return wrong(name, "must be an id of 32 hexadecimal digits, with or without hyphens");
    }

    @Nullable MessageKind messages(String name) {
        String value = config.setting(name).orElse("blocks");
        return switch (value) {
            case "blocks" -> MessageKind.BLOCK;
            case "comments" -> MessageKind.COMMENT;
            case "none" -> null;
            default -> throw wrong(name, "must be blocks, comments or none");
        };
    }

    /** An option's name may hold a colon, and none holds a comma. */
    List<String> states(String name, String otherwise) {
        return List.of(matching(name, otherwise, STATES, "options with the status of each, as in Open:open,Done:closed")
                .split(","));
    }

    String property(String name, String otherwise) {
        return matching(name, otherwise, PROPERTY, "the name of a property, or its id, of at most 100 characters")
                .strip();
    }

    @Nullable String optionalProperty(String name) {
        return config.setting(name).isEmpty() ? null : property(name, "");
    }

    /** The properties that settings of one prefix name: as what they are set to, or as what follows the prefix. */
    Map<String, String> properties(String prefix, boolean valued) {
        Map<String, String> byKey = new TreeMap<>();
        for (String name : new TreeSet<>(config.settings().keySet())) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                String key = name.substring(prefix.length());
                byKey.put(key, valued ? property(name, "") : key);
            }
        }
        return byKey;
    }

    long count(String name, long otherwise) {
        long count = Long.parseLong(matching(name, Long.toString(otherwise), DIGITS, "a number above 0"));
        if (count < 1) {
            throw wrong(name, "must be a number above 0");
        }
        return count;
    }

    Duration duration(String name, Duration otherwise, Duration least) {
        try {
            Duration duration = config.setting(name).map(Duration::parse).orElse(otherwise);
            if (duration.compareTo(least) < 0) {
                throw wrong(name, "must be no shorter than " + least);
            }
            return duration;
        } catch (DateTimeParseException malformed) {
            throw wrong(name, "must be a duration such as PT5M");
        }
    }

    @Nullable Instant instant(String name) {
        try {
            return config.setting(name).map(Instant::parse).orElse(null);
        } catch (DateTimeException malformed) {
            throw wrong(name, "must be a time such as 2026-05-01T12:30:00Z");
        }
    }

    private SyncException wrong(String name, String remedy) {
        return SyncException.configuration("system " + config.system() + ": setting '" + name + "' " + remedy)
                .inSystem(config.system())
                .about(name);
    }
}
