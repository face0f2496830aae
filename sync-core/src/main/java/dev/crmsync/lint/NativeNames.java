package dev.crmsync.lint;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the names of native properties give away. */
final class NativeNames {
    private static final Pattern BORDER = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");
    private static final Set<String> PERSONAL = Set.of(
            "email",
            "mail",
            "phone",
            "mobile",
            "msisdn",
            "telephone",
            "name",
            "firstname",
            "lastname",
            "username",
            "login");
    private static final Set<String> STABLE = Set.of("id", "key", "ref", "uid", "guid", "uuid");
    private static final Pattern VOLATILE = Pattern.compile("(^|_)(synced|fetched|refreshed|polled|exported|checked"
            + "|modified|updated|changed)_?(at|on|date|time|timestamp)$"
            + "|(^|_)last_?(modified|updated|changed|sync|synced|seen|activity|viewed|fetched|refreshed)"
            + "|^(etag|row_?version|system_?modstamp)$");

    private NativeNames() {}

    /** Whether a property is of a kind that people change: an address, a number, a name. */
    static boolean changeable(String property) {
        List<String> words = words(property);
        return !words.isEmpty()
                && !STABLE.contains(words.get(words.size() - 1))
                && words.stream().anyMatch(PERSONAL::contains);
    }

    /** Whether a property changes whenever somebody has looked at the record or touched it. */
    static boolean changesByItself(String property) {
        return VOLATILE.matcher(String.join("_", words(property))).find();
    }

    /** Whether two names stand for one property, for a vendor that does not tell letters' cases or paths apart. */
    static boolean same(String one, String other) {
        return path(one).equals(path(other));
    }

    private static String path(String property) {
        return property.toLowerCase(Locale.ROOT).replace('/', '.');
    }

    private static List<String> words(String property) {
        return BORDER.splitAsStream(property)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
