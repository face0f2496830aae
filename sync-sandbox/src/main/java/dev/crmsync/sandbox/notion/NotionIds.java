package dev.crmsync.sandbox.notion;

import dev.crmsync.sandbox.admin.Parts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as Notion makes and reads them: UUIDs, and short ids of properties that are URL-encoded. */
final class NotionIds {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789;:@|?`>=}";

    private final Parts parts;
    private final NotionState state;

    NotionIds(Parts parts, NotionState state) {
        this.parts = parts;
        this.state = state;
    }

    /** A new id of a kind of thing. */
    String fresh(String what) {
        return uuid(parts, what, state.next(what));
    }

    /** The id that belongs to a number of a kind of thing. */
    static String uuid(Parts parts, String what, long number) {
        return new UUID(
                        parts.chance().bits(what, 2 * number) & ~0xf000L | 0x4000L,
                        parts.chance().bits(what, 2 * number + 1) & ~(3L << 62) | 1L << 63)
                .toString();
    }

    /** A new id of a property, some with signs that are URL-encoded, as everywhere else where it shows. */
    String property() {
        long bits = parts.chance().bits("property", state.next("property")) >>> 1;
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            id.append(LETTERS.charAt((int) (bits % LETTERS.length())));
            bits /= LETTERS.length();
        }
        return URLEncoder.encode(id.toString(), StandardCharsets.UTF_8);
    }

    /** An id with or without its dashes, or null when it is none. */
    static @Nullable String read(String text) {
        String bare = text.replace("-", "").toLowerCase(Locale.ROOT);
        if (!bare.matches("[0-9a-f]{32}")) {
            return null;
        }
        return bare.substring(0, 8) + "-" + bare.substring(8, 12) + "-" + bare.substring(12, 16) + "-"
                + bare.substring(16, 20) + "-" + bare.substring(20);
    }

    /** An id that must be one. */
    static String valid(String where, String text) {
        String id = read(text);
        if (id == null) {
            throw NotionErrors.invalid(where + " should be a valid uuid, instead was `\"" + text + "\"`.");
        }
        return id;
    }
}
