package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads settings one by one, each with a message that names the remedy. */
record SettingsReader(AdapterConfig config) {
    static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern STATES = Pattern.compile(
            "(open|won|lost|[0-9]{1,18}):(open|pending|closed)(,(open|won|lost|[0-9]{1,18}):(open|pending|closed))*");
    private static final Pattern FIELD = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    String baseUrl() {
        String url = config.setting(Settings.BASE_URL).orElse("https://api.pipedrive.com");
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
            throw wrong(name, "must be an https address: the password of webhooks would travel in the open");
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

    boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(matching(name, Boolean.toString(otherwise), FLAG, "true or false"));
    }

    @Nullable String optionalDigits(String name) {
        return config.setting(name).isEmpty() ? null : matching(name, "", DIGITS, "a number");
    }

    @Nullable ObjectKind oneOf(String name, String first, ObjectKind firstKind, String second, ObjectKind secondKind) {
        String value = config.setting(name).orElse(first);
        if (value.equals("none")) {
            return null;
        } else if (!value.equals(first) && !value.equals(second)) {
            throw wrong(name, "must be " + first + ", " + second + " or none");
        }
        return value.equals(first) ? firstKind : secondKind;
    }

    /** Stages are numbers, and only those of one pipeline can be told apart from the rest. */
    List<String> states(String name, String otherwise, boolean pipeline) {
        List<String> states = List.of(
                matching(name, otherwise, STATES, "states with the status of each, as in 1:open,2:pending,won:closed")
                        .split(","));
        boolean staged = states.stream().anyMatch(state -> Character.isDigit(state.charAt(0)));
        if (staged && !pipeline) {
            throw wrong(name, "names stages: say which pipeline they are of, with dealPipeline(…)");
        } else if (staged && states.stream().anyMatch(state -> state.startsWith("open:"))) {
            throw wrong(name, "names stages and open, which every stage is: leave open out");
        }
        return states;
    }

    String field(String name, String otherwise) {
        return matching(name, otherwise, FIELD, "the name of a field, or its key, of at most 100 characters")
                .strip();
    }

    /** The fields that settings of one prefix name: as what they are set to, or as what follows the prefix. */
    Map<String, String> fields(String prefix, boolean valued) {
        Map<String, String> byKey = new TreeMap<>();
        for (String name : new TreeSet<>(config.settings().keySet())) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                String key = name.substring(prefix.length());
                byKey.put(key, valued ? field(name, "") : key);
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

    Duration duration(String name, Duration otherwise) {
        try {
            Duration duration = config.setting(name).map(Duration::parse).orElse(otherwise);
            if (duration.isNegative() || duration.isZero()) {
                throw wrong(name, "must be longer than 0");
            }
            return duration;
        } catch (DateTimeParseException malformed) {
            throw wrong(name, "must be a duration such as PT5M");
        }
    }

    private SyncException wrong(String name, String remedy) {
        return SyncException.configuration("system " + config.system() + ": setting '" + name + "' " + remedy)
                .inSystem(config.system())
                .about(name);
    }
}
