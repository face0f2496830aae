package dev.crmsync.fields;

import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the declared rendering families make of a value. Only text is rendered; lists are rendered item by item. */
final class Renderings {
    private Renderings() {}

    static NativeValue render(List<Rendering> families, NativeValue sent) {
        if (sent instanceof NativeValue.Text t) {
            String text = t.text();
            for (Rendering family : families) {
                text = apply(family, text);
            }
            return text.equals(t.text()) ? sent : new NativeValue.Text(text);
        } else if (sent instanceof NativeValue.Items items && !families.isEmpty()) {
            List<NativeValue> shown = new ArrayList<>();
            items.items().forEach(item -> shown.add(render(families, item)));
            return new NativeValue.Items(shown);
        }
        return sent;
    }

    static boolean explain(List<Rendering> families, NativeValue sent, NativeValue shown) {
        if (sent.equals(shown)) {
            return true;
        }
        if (sent instanceof NativeValue.Text s) {
            if (families.isEmpty() && !s.text().isEmpty()) {
                return false;
            }
            Set<String> texts = renderings(families, s.text());
            // A text of blanks that is trimmed to nothing may be shown as null.
            return shown instanceof NativeValue.Text t
                    ? texts.contains(t.text())
                    : shown instanceof NativeValue.Empty && texts.contains("");
        }
        if (sent instanceof NativeValue.Items s
                && shown instanceof NativeValue.Items t
                && s.items().size() == t.items().size()) {
            for (int i = 0; i < s.items().size(); i++) {
                if (!explain(families, s.items().get(i), t.items().get(i))) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    /** All texts that the families give, each any number of times in any order: a cut may leave a blank to trim. */
    private static Set<String> renderings(List<Rendering> families, String sent) {
        Set<String> found = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(sent));
        while (!open.isEmpty()) {
            String text = open.remove(open.size() - 1);
            if (found.add(text)) {
                for (Rendering family : families) {
                    open.addAll(variants(family, text));
                }
            }
        }
        return found;
    }

    /** Vendors differ in what they count as a blank, and in whether a cut may fall within a surrogate pair. */
    private static List<String> variants(Rendering family, String text) {
        return switch (family.family()) {
            case TRIMMED -> List.of(CanonicalText.strip(text), text.strip(), text.trim());
            case LOWER_CASED -> List.of(text.toLowerCase(Locale.ROOT));
            case CUT ->
                text.length() <= family.length()
                        ? List.of(text)
                        : List.of(text.substring(0, family.length()), apply(family, text));
        };
    }

    private static String apply(Rendering family, String text) {
        return switch (family.family()) {
            case TRIMMED -> CanonicalText.strip(text);
            case LOWER_CASED -> text.toLowerCase(Locale.ROOT);
            case CUT -> text.length() <= family.length() ? text : text.substring(0, whole(text, family.length()));
        };
    }

    /** See {@link Lenses#splice}. Null when the edit cannot be told from a replacement of the whole. */
    static @Nullable String splice(String full, String before, String after) {
        if (before.length() > full.length()) {
            return null;
        }
        String head = full.substring(0, before.length());
        boolean showsHead = head.equals(before) || head.toLowerCase(Locale.ROOT).equals(before);
        if (!showsHead) {
            return null;
        }
        int shorter = Math.min(before.length(), after.length());
        int suffix = 0;
        while (suffix < shorter
                && before.charAt(before.length() - 1 - suffix) == after.charAt(after.length() - 1 - suffix)) {
            suffix++;
        }
        boolean cut = before.length() < full.length();
        if (cut && suffix * 2 < before.length()) {
            return null;
        }
        int prefix = 0;
        while (prefix < shorter - suffix && before.charAt(prefix) == after.charAt(prefix)) {
            prefix++;
        }
        prefix = whole(after, prefix);
        int end = after.length() - suffix;
        if (end < after.length() && end > 0 && Character.isSurrogatePair(after.charAt(end - 1), after.charAt(end))) {
            end++;
        }
        return full.substring(0, prefix)
                + after.substring(prefix, end)
                + full.substring(before.length() - (after.length() - end));
    }

    /** The length, or one less where it would cut a surrogate pair in two. */
    private static int whole(String text, int length) {
        boolean splits = length > 0
                && length < text.length()
                && Character.isSurrogatePair(text.charAt(length - 1), text.charAt(length));
        return splits ? length - 1 : length;
    }
}
