package dev.crmsync.fields;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A set of members in one slot: as text with a separator between them, or as a list of texts. */
final class MemberSlot {
    private MemberSlot() {}

    static Value get(NativeValue raw, @Nullable String separator) {
        SortedSet<String> members = new TreeSet<>();
        for (NativeValue token : tokens(raw, separator)) {
            String member = name(token);
            if (!member.isEmpty()) {
                members.add(member);
            }
        }
        return new Value.Members(members);
    }

    /** Keeps the raw form and order of members that stay, and adds new ones behind them, sorted. */
    static NativeValue put(SortedSet<String> members, @Nullable NativeValue before, @Nullable String separator) {
        List<NativeValue> tokens = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        if (before != null) {
            for (NativeValue token : tokens(before, separator)) {
                String member = name(token);
                if (members.contains(member) && kept.add(member)) {
                    tokens.add(token);
                }
            }
        }
        for (String member : members) {
            if (kept.add(member)) {
                tokens.add(new NativeValue.Text(member));
            }
        }
        if (separator == null) {
            return new NativeValue.Items(tokens);
        }
        return tokens.isEmpty() ? NativeValue.EMPTY : new NativeValue.Text(joined(tokens, separator));
    }

    private static String joined(List<NativeValue> tokens, String separator) {
        List<String> texts = new ArrayList<>();
        tokens.forEach(token -> texts.add(NativeText.of(token)));
        return CanonicalText.strip(String.join(separator, texts));
    }

    private static List<NativeValue> tokens(NativeValue raw, @Nullable String separator) {
        if (raw instanceof NativeValue.Items items) {
            return items.items();
        }
        String text = NativeText.of(raw);
        if (separator == null) {
            return List.of(new NativeValue.Text(text));
        }
        List<NativeValue> tokens = new ArrayList<>();
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            tokens.add(new NativeValue.Text(text.substring(from, to)));
            from = to + separator.length();
        }
        tokens.add(new NativeValue.Text(text.substring(from)));
        return tokens;
    }

    private static String name(NativeValue token) {
        return CanonicalText.of(NativeText.of(token));
    }
}
