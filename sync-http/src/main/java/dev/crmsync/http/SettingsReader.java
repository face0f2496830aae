package dev.crmsync.http;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a system one by one. What does not fit is an error of kind CONFIGURATION that names the system, the setting and
 * the remedy, and never the value, which may hold credentials. Immutable and thread-safe.
 */
public final class SettingsReader {
    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final AdapterConfig config;

    /**
     * A reader of these settings.
     *
     * @param config what the system is configured with
     */
    public SettingsReader(AdapterConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    /**
     * The address of an API.
     *
     * @param name the setting
     * @param otherwise the address that holds when the setting is not there
     * @param secret what plain HTTP would show to everybody on the way, in a word such as {@code token}
     * @return an https address, or an http address of this machine
     * @throws SyncException when it is neither
     */
    public String baseUrl(String name, String otherwise, String secret) {
        String url = config.setting(name).orElse(otherwise);
        if (!safe(url)) {
            throw wrong(
                    name,
                    "must be an https address; plain http sends the " + secret
                            + " in the open and is only for this machine");
        }
        return url;
    }

    /**
     * An address at which a vendor calls the host.
     *
     * @param name the setting
     * @param why why it must be https, to be said after {@code "must be an https address: "}
     * @return an https address, or an http address of this machine; null when the setting is not there
     * @throws SyncException when it is neither
     */
    public @Nullable URI target(String name, String why) {
        String url = config.setting(name).orElse(null);
        if (url != null && !safe(url)) {
            throw wrong(name, "must be an https address: " + why);
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

    /**
     * A text of a certain form.
     *
     * @param name the setting
     * @param otherwise the text that holds when the setting is not there; it must be of the form, too, unless it is an error that
     *     there is none
     * @param form what all of the text must match
     * @param wanted what it must be, to be said after {@code "must be "}
     * @return the text
     * @throws SyncException when it is not of the form
     */
    public String matching(String name, String otherwise, Pattern form, String wanted) {
        String value = config.setting(name).orElse(otherwise);
        if (!form.matcher(value).matches()) {
            throw wrong(name, "must be " + wanted);
        }
        return value;
    }

    /**
     * A number as a text, such as an id.
     *
     * @param name the setting
     * @return 1 to 18 digits; null when the setting is not there
     * @throws SyncException when it is not that
     */
    public @Nullable String digits(String name) {
        return config.setting(name).isEmpty() ? null : matching(name, "", DIGITS, "a number");
    }

    /**
     * Yes or no.
     *
     * @param name the setting
     * @param otherwise what holds when the setting is not there
     * @return the flag
     * @throws SyncException when it is neither {@code true} nor {@code false}
     */
    public boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(matching(name, Boolean.toString(otherwise), FLAG, "true or false"));
    }

    /**
     * How many there are of something.
     *
     * @param name the setting
     * @param otherwise the number that holds when the setting is not there
     * @return a number above 0 of at most 18 digits
     * @throws SyncException when it is not that
     */
    public long count(String name, long otherwise) {
        long count = Long.parseLong(matching(name, Long.toString(otherwise), DIGITS, "a number above 0"));
        if (count < 1) {
            throw wrong(name, "must be a number above 0");
        }
        return count;
    }

    /**
     * A time that something takes.
     *
     * @param name the setting, in the form of ISO 8601, such as {@code PT5M}
     * @param otherwise the time that holds when the setting is not there
     * @return longer than 0
     * @throws SyncException when it is not that
     */
    public Duration duration(String name, Duration otherwise) {
        Duration duration = parsed(name, otherwise);
        if (duration.isNegative() || duration.isZero()) {
            throw wrong(name, "must be longer than 0");
        }
        return duration;
    }

    /**
     * A time that something takes at least.
     *
     * @param name the setting, in the form of ISO 8601, such as {@code PT5M}
     * @param otherwise the time that holds when the setting is not there
     * @param least how long it must be
     * @return no shorter than that
     * @throws SyncException when it is not that
     */
    public Duration duration(String name, Duration otherwise, Duration least) {
        Duration duration = parsed(name, otherwise);
        if (duration.compareTo(least) < 0) {
            throw wrong(name, "must be no shorter than " + least);
        }
        return duration;
    }

    private Duration parsed(String name, Duration otherwise) {
        try {
            return config.setting(name).map(Duration::parse).orElse(otherwise);
        } catch (DateTimeException malformed) {
            throw wrong(name, "must be a duration such as " + otherwise);
        }
    }

    /**
     * A moment.
     *
     * @param name the setting, in the form of ISO 8601 with its zone, such as {@code 2026-05-01T12:30:00Z}
     * @return the moment; null when the setting is not there
     * @throws SyncException when it is not that
     */
    public @Nullable Instant instant(String name) {
        try {
            return config.setting(name).map(Instant::parse).orElse(null);
        } catch (DateTimeException malformed) {
            throw wrong(name, "must be a time such as 2026-05-01T12:30:00Z");
        }
    }

    /**
     * The settings whose names begin alike, such as one for each key of a bag.
     *
     * @param prefix what their names begin with, and do not consist of
     * @return the whole name of each by what follows the prefix, in the order of names
     */
    public Map<String, String> named(String prefix) {
        Map<String, String> names = new TreeMap<>();
        for (String name : new TreeSet<>(config.settings().keySet())) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                names.put(name.substring(prefix.length()), name);
            }
        }
        return names;
    }

    /**
     * The error that a setting is not as it must be.
     *
     * @param name the setting
     * @param remedy what it must be, as the rest of a sentence that begins with the setting; never its value
     * @return an error of kind CONFIGURATION, to be thrown
     */
    public SyncException wrong(String name, String remedy) {
        return SyncException.configuration("system " + config.system() + ": setting '" + name + "' " + remedy)
                .inSystem(config.system())
                .about(name);
    }
}
